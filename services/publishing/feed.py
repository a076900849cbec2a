"""
A brand's posts for a calendar program, under an address that only its maker knows.

Nothing of a person is in it: titles, channels, states, times. The address dies with a click, and with the membership of
whoever made it: the posts are read as that person.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

from services import brands, identity
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.kit.errors import NotFound
from services.kit.ids import token_hash
from services.publishing.calendar import CalendarFilter, calendar
from services.publishing.on_screen import CalendarPost
from services.publishing.queries import feeds
from services.publishing.queries.feeds import Feed

BEFORE, AHEAD = timedelta(days=60), timedelta(days=365)
_LENGTH = timedelta(minutes=15)
_OCTETS_A_LINE = 75  # RFC 5545, 3.1


class FeedNotFound(NotFound):
    """This calendar address does not work any more."""


def make_feed(tx: Tx, brand_id: UUID) -> str:
    """
    A new secret for a brand's calendar, told once: only its hash is kept.

    :raises brands.BrandNotFound: no such brand in this organisation
    """
    identity.demand(tx, identity.Act.MAKE)
    brands.brand(tx, brand_id)
    token, made = tx.new_token(), tx.new_id()
    feeds.insert(tx, made, brand_id, token_hash(token))
    identity.audit(tx, "created", "calendar_feed", made)
    return token


def feeds_of(tx: Tx, brand_id: UUID) -> list[Feed]:
    """The acting person's own addresses that still work, the newest first."""
    return feeds.standing(tx, brand_id)


def revoke_feed(tx: Tx, feed_id: UUID) -> None:
    """End an address at once; one that has ended already stays so. :raises FeedNotFound: not the person's own"""
    if not feeds.revoke(tx, feed_id):
        raise FeedNotFound()
    identity.audit(tx, "revoked", "calendar_feed", feed_id)


def read_feed(app: App, token: str) -> bytes:
    """
    The calendar behind an address, as iCalendar (RFC 5545): the posts of the last 60 days and the year to come.

    :raises FeedNotFound: nobody made this address, it was revoked, or its maker is no member any more
    """
    with app.admin_tx() as tx:
        owner = feeds.owner_of(tx, token_hash(token))
    if owner is None:
        raise FeedNotFound()
    with app.tx(Scope(owner.org_id, owner.user_id)) as tx:
        try:
            brand = brands.brand(tx, owner.brand_id)
        except brands.BrandNotFound:
            raise FeedNotFound() from None
        posts = calendar(tx, tx.now - BEFORE, tx.now + AHEAD, CalendarFilter(brand_id=brand.id))
        return as_calendar(brand.name, posts, tx.now)


def as_calendar(name: str, posts: list[CalendarPost], now: datetime) -> bytes:
    """iCalendar text. The unique id of an event is its post's, so a moved post moves in the program too."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Loopdesk//Calendar//EN", "CALSCALE:GREGORIAN",
             "METHOD:PUBLISH", f"X-WR-CALNAME:{_text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT15M"]  # fmt: skip
    for post in posts:
        lines += _event(post, now)
    lines.append("END:VCALENDAR")
    return b"".join(folded for line in lines for folded in _folded(line))


def _event(post: CalendarPost, now: datetime) -> Iterator[str]:
    state = post.state.value.replace("_", " ")
    yield "BEGIN:VEVENT"
    yield f"UID:{post.id}@loopdesk"
    yield f"DTSTAMP:{_utc(now)}"
    yield f"LAST-MODIFIED:{_utc(post.state_at)}"
    yield f"DTSTART:{_utc(post.due_at)}"
    yield f"DTEND:{_utc(post.due_at + _LENGTH)}"
    yield f"SUMMARY:{_text(f'{post.platform.capitalize()}: {post.title}')}"
    yield f"DESCRIPTION:{_text(f'{post.channel_name}, {state}' + (', practice' if post.is_practice else ''))}"
    if post.permalink and not any(sign.isspace() or not sign.isprintable() for sign in post.permalink):
        yield f"URL:{post.permalink}"
    yield f"STATUS:{'CANCELLED' if state == 'cancelled' else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    """One value: line breaks, separators and control characters cannot end it (RFC 5545, 3.3.11)."""
    clean = "".join(sign for sign in words.replace("\r\n", "\n") if sign == "\n" or sign.isprintable())
    for sign in ("\\", ";", ","):
        clean = clean.replace(sign, f"\\{sign}")
    return clean.replace("\n", "\\n")


def _folded(line: str) -> Iterator[bytes]:
    """At most 75 octets a line, never within a character; what follows begins with a space."""
    part = b""
    for sign in line:
        coded = sign.encode("utf-8", "replace")
        if len(part) + len(coded) > _OCTETS_A_LINE:
            yield part + b"\r\n"
            part = b" "
        part += coded
    yield part + b"\r\n"
