"""A line that tells how long ago something was, and keeps counting in the browser without asking the server."""

from datetime import datetime

from pages.parts.base import mount


def since(word: str, at: datetime | None, now: datetime, *, key: str, refused: str = "", none: str = "") -> None:
    """
    "Saved 8 s ago". Plain text.

    :param refused: shown instead, as a warning
    :param none: shown where there is no instant
    """
    age = max(0.0, (now - at).total_seconds()) if at else None
    mount("since", {"word": word, "age": age, "refused": refused, "none": none}, key=key, events={})
