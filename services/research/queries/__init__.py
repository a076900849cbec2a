"""One SQL statement per function."""
