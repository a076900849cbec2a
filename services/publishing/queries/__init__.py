"""One SQL statement per function, a file per subject."""
