"""The agreement of two codings: which rows are about the same passage, and in what they differ."""
