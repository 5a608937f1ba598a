"""Any tabular data package: reading, checking, comparing, formatting. It knows nothing of diplomacy."""
