"""The record as linked data: the property that each field is, and the shapes that hold for it."""
