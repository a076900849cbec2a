"""
What X bills for calls that it answers, pay per use. The one table of them: what is shown before, and noted after.

Source: X developer documentation of 22 Aug 2026, "Pricing": pay per use since 6 Feb 2026, these since 20 Apr 2026.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class XPrices:
    """In thousandths of a US dollar. Every other call is free."""

    since: date
    post: int
    post_with_link: int
    post_read: int
    user_read: int
    alt_text: int


# An account that owns our developer app pays 1 for a post of its own, and nobody pays twice for one on the same day
# (UTC). X tells neither, so what is noted for reading is the most that it can have cost.
X_PRICES = XPrices(date(2026, 4, 20), post=15, post_with_link=200, post_read=5, user_read=10, alt_text=5)
