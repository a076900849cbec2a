"""How posts did, per platform."""
