"""
What posting on X costs: told before, by the words; and noted at the run that calls, by what X answered.

A post counts when X took it, and when nobody knows: it may be out, and then it is billed. What X refused, or never got,
costs nothing; a read or an alt text whose answer was lost is not counted.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from services.accounts import X_PRICES
from services.kit.calls import charge
from services.kit.errors import OutcomeUnknown
from services.kit.x import is_duplicate
from services.kit.x_text import link_spans, parts_of

_MICROS = 1_000  # prices are thousandths of a dollar


def cost_of(text: str, *, alt_texts: int = 0) -> int:
    """What one post costs, in thousandths of a US dollar; `alt_texts` is how many of its pictures have one."""
    return (X_PRICES.post_with_link if link_spans(text) else X_PRICES.post) + alt_texts * X_PRICES.alt_text


def cost_of_thread(text: str, *, alt_texts: int = 0) -> int:
    """What a whole thread costs, in thousandths of a US dollar: each part is a post of its own."""
    return sum(cost_of(part) for part in parts_of(text)) + alt_texts * X_PRICES.alt_text


@contextmanager
def paid_post(text: str) -> Iterator[None]:
    """The call inside creates a post of these words."""
    try:
        yield
    except OutcomeUnknown as error:
        if not is_duplicate(error):
            charge("x", lambda: cost_of(text) * _MICROS, "USD")
        raise
    charge("x", lambda: cost_of(text) * _MICROS, "USD")


def paid_reads(posts: int) -> None:
    """X gave back so many posts."""
    charge("x", lambda: posts * X_PRICES.post_read * _MICROS, "USD")


def paid_alt_text() -> None:
    """X took the alt text of one picture."""
    charge("x", lambda: X_PRICES.alt_text * _MICROS, "USD")
