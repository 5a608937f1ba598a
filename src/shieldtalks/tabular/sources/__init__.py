"""The readers of table files: they put rows into the engine and note faults."""
