"""The tests, in the folders of the source that they test.

This file makes them a package of its own: other distributions install a top-level `tests`,
and a folder without this file would give way to theirs.
"""
