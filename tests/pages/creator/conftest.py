"""The ad creator's screen as somebody of the cast."""

from tests.pages.screen import shows

show = shows("creator")
