"""How many of something, in words, for the screens; parts take it from where it is made."""

from services.kit.text import counted, one_or_many

__all__ = ["counted", "one_or_many"]
