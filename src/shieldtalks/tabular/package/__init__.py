"""The package on disk: its descriptor, its schemas, its files, its citation."""
