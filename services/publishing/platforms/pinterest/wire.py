"""What both formats share: calls as the account, the pin itself, and the lists that show it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from services.approvals import SealedContent
from services.kit.errors import OutcomeUnknown, ProviderError, Rejected
from services.kit.pinterest import pinterest_call
from services.kit.rest import Reply, said_of
from services.publishing.publisher import Door, Receipt, Remote, Setting, Sighting

DESCRIPTION_MAX, ALT_TEXT_MAX = 800, 500
BOARD = Setting("board", "Board", required=True, reads="boards", help="A pin always hangs on one board.")
TITLE = Setting("title", "Title", text_max=100, help="Shown in bold above the description.")
_LINK_MAX = 2_048
_CLOCKS_APART = timedelta(seconds=60)
_PAGE, _PAGES_MOST = 25, 4


class Pins:
    """Looks for pins. A format adds its spec, what it uploads, and `publish`."""

    def find(self, content: SealedContent, remote: Remote, since: datetime, door: Door) -> Sighting:
        """
        The board's newest pins with our link, or without one with our words; without either nothing is recognised.

        Pinterest proves no absence: it tells nowhere how soon a new pin is listed.
        """
        if not (content.link or content.text or content.settings.get("title")):
            return Sighting()
        after = since - _CLOCKS_APART
        found = []
        for row in _pins(door, f"boards/{_board(content)}/pins"):
            at = instant(row.get("created_at"))
            if at is not None and at < after:
                break
            if at is not None and is_ours(row, content):
                found.append(receipt(row, door))
        return Sighting(tuple(reversed(found)), is_live=bool(found))

    def recent(self, door: Door) -> list[Receipt]:
        body = call(door, "GET", "pins", params={"page_size": str(_PAGE)}).body
        return [receipt(row, door) for row in _items(body)]

    def permalink(self, remote_id: str, door: Door) -> str | None:
        return public_address(remote_id, door)


def call(door: Door, method: str, path: str, **sent: Any) -> Reply:
    """One call as the account. :raises ProviderError: one of our five"""
    url = f"{door.api_url}/{path}"
    return pinterest_call(door.http, method, url, token=door.secret, writes=method != "GET", now=door.now, **sent)


def make_pin(content: SealedContent, media_source: dict[str, Any], door: Door) -> Receipt:
    """
    The call that cannot be taken back.

    :raises OutcomeUnknown: no clear answer, or one without the pin's id
    """
    if len(content.link) > _LINK_MAX:
        raise Rejected(f"Pinterest takes links of {_LINK_MAX} characters; this has {len(content.link)}.")
    words = {
        "title": content.settings.get("title", "").strip(),
        "description": content.text,
        "link": content.link,
        "alt_text": content.media[0].alt_text,
    }
    pin = {"board_id": _board(content), **{name: text for name, text in words.items() if text}}
    body = call(door, "POST", "pins", json=pin | {"media_source": media_source}, timeout_seconds=120).body
    if not isinstance(body, dict) or not is_id(body.get("id")):
        raise OutcomeUnknown("Pinterest answered without an id.")
    return receipt(body, door)


def is_ours(row: dict[str, Any], content: SealedContent) -> bool:
    """By the link's own mark where the post has a link, else by title and description."""
    link = row.get("link")
    if content.link:
        return isinstance(link, str) and (link == content.link or _mark(link) == _mark(content.link) != "")
    title = content.settings.get("title", "")
    return (_words(row.get("title")), _words(row.get("description"))) == (_words(title), _words(content.text))


def receipt(row: dict[str, Any], door: Door) -> Receipt:
    remote_id = str(row["id"])
    return Receipt(remote_id, instant(row.get("created_at")), public_address(remote_id, door))


def public_address(remote_id: str, door: Door) -> str:
    """Where everybody sees a pin; Pinterest tells no address, it is made from the id."""
    return f"{door.api_url.removesuffix('/v5').replace('//api.', '//www.', 1)}/pin/{remote_id}/"


def is_id(value: object) -> bool:
    """Ids are digits."""
    return isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 64


def instant(text: object) -> datetime | None:
    """`2026-11-21T10:00:00`, in UTC when it names no zone; None for anything else."""
    try:
        at = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at


def _board(content: SealedContent) -> str:
    board = content.settings.get("board", "")
    if not is_id(board):
        raise Rejected("Choose the board of this pin.")
    return board


def _pins(door: Door, path: str) -> Iterator[dict[str, Any]]:
    """Newest first, page by page; nothing where there is no such board any more."""
    asked = {"page_size": str(_PAGE)}
    for _ in range(_PAGES_MOST):
        try:
            body = call(door, "GET", path, params=asked).body
        except ProviderError as error:
            said = said_of(error)
            if said is not None and said.status == 404:
                return
            raise
        yield from _items(body)
        bookmark = body.get("bookmark") if isinstance(body, dict) else None
        if not isinstance(bookmark, str) or not bookmark:
            return
        asked["bookmark"] = bookmark


def _items(body: Any) -> list[dict[str, Any]]:
    rows = body.get("items") if isinstance(body, dict) else None
    return [row for row in (rows if isinstance(rows, list) else []) if isinstance(row, dict) and is_id(row.get("id"))]


def _mark(link: str) -> str:
    try:
        return (parse_qs(urlsplit(link).query).get("utm_content") or [""])[0]
    except ValueError:
        return ""


def _words(text: object) -> str:
    return " ".join(text.split()) if isinstance(text, str) else ""
