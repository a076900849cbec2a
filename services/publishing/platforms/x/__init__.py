"""X, one module per kind of post; they share `wire`, `known` and `uploads`."""
