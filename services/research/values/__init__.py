"""Cells of other people's files, read as our values. Every reader raises `Wrong` with the end of a sentence."""

from services.research.values.wrong import ABSENT, Wrong

__all__ = ["ABSENT", "Wrong"]
