"""The checks of a package: descriptor, files, cells, keys and rules, and a comparison with frictionless."""
