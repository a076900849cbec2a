"""The approvals screen as somebody of the cast."""

from tests.pages.screen import shows

show = shows("approvals")
