"""The room's statements, one file per table."""
