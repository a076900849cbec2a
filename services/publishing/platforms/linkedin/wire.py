"""What all formats share: calls on an account's behalf, and the posts that LinkedIn tells, read with care."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from services.kit.errors import ProviderError
from services.kit.linkedin import in_path, is_post, linkedin_call
from services.kit.rest import Reply, said_of
from services.publishing.platforms.linkedin.little_text import plain
from services.publishing.publisher import Door, Receipt

_LISTED = 10
_NOT_SHOWN = (403, 404)
_NAMED = re.compile(r"(?:urn:li:|[/_-])(share|ugcPost|activity)[:-](\d{1,32})(?!\d)")


@dataclass(frozen=True)
class Told:
    """A post as LinkedIn tells it: its words as a person wrote them, its media by URN, when it was made."""

    urn: str
    author: str
    words: str
    media: tuple[str, ...]
    at: datetime | None


def call(door: Door, method: str, path: str, *, finder: bool = False, reads: bool = False, **sent: Any) -> Reply:
    """One call. `reads` marks a POST that changes nothing. :raises ProviderError: one of our five"""
    return linkedin_call(
        door.http,
        method,
        f"{door.api_url}/{path}",
        token=door.secret,
        writes=method != "GET" and not reads,
        now=door.now,
        finder=finder,
        **sent,
    )


def posts_of(door: Door) -> list[Told] | None:
    """
    The account's latest posts, newest first; None where LinkedIn does not list them to us.

    Members' posts are listed to nobody: the scope for it is closed to new apps.
    """
    if is_member(door.account):
        return None
    asked = {"q": "author", "author": door.account, "count": str(_LISTED), "sortBy": "LAST_MODIFIED"}
    body = _shown(door, "posts", params=asked, finder=True)
    rows = body.get("elements") if isinstance(body, dict) else None
    return None if body is None else [one for row in (rows if isinstance(rows, list) else []) if (one := _told(row))]


def post_at(urn: str, door: Door) -> Told | None:
    """One post by its URN; None where it is not shown to us: a member's, or one that is gone."""
    return None if is_member(door.account) else _told(_shown(door, f"posts/{in_path(urn)}"))


def is_member(account: str) -> bool:
    return account.startswith("urn:li:person:")


def receipt(told: Told, door: Door) -> Receipt:
    return Receipt(told.urn, told.at, public_address(told.urn, door))


def urn_in(address: str, door: Door) -> str | None:
    """The post that a URN or an address of LinkedIn names; None for any other text."""
    named = _NAMED.search(unquote(address))
    is_theirs = address.startswith(("urn:li:", public_address("", door).removesuffix("feed/update//")))
    return f"urn:li:{named[1]}:{named[2]}" if named and is_theirs else None


def public_address(urn: str, door: Door) -> str:
    """Where everybody sees a post; LinkedIn tells no address, it is made from the URN."""
    return f"{door.api_url.removesuffix('/rest').replace('//api.', '//www.', 1)}/feed/update/{urn}/"


def _shown(door: Door, path: str, **sent: Any) -> Any:
    try:
        return call(door, "GET", path, **sent).body
    except ProviderError as error:
        said = said_of(error)
        if said is not None and said.status in _NOT_SHOWN:
            return None
        raise


def _told(row: Any) -> Told | None:
    """None for what is no public post: damaged, a draft, or taken down."""
    fields = row if isinstance(row, dict) else {}
    urn, words = fields.get("id"), fields.get("commentary")
    if not isinstance(urn, str) or not is_post(urn) or fields.get("lifecycleState") != "PUBLISHED":
        return None
    return Told(
        urn,
        str(fields.get("author", "")),
        plain(words) if isinstance(words, str) else "",
        _media(fields.get("content")),
        _instant(fields.get("createdAt")),
    )


def _media(content: Any) -> tuple[str, ...]:
    fields = content if isinstance(content, dict) else {}
    several = fields.get("multiImage")
    images = several.get("images") if isinstance(several, dict) else None
    rows = images if isinstance(images, list) else [fields.get("media")]
    return tuple(str(row["id"]) for row in rows if isinstance(row, dict) and row.get("id"))


def _instant(milliseconds: Any) -> datetime | None:
    if not isinstance(milliseconds, int) or not 0 < milliseconds < 10**14:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
