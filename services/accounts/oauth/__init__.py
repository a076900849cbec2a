"""Sign-in, renewal and health per platform."""
