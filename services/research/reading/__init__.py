"""Bytes of unknown origin, read as rows: encoding, delimiter, header, JSON records."""
