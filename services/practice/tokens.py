"""Tokens of every platform: issued, looked up, expired, retired; and how the graph checks them."""

import json
import secrets
import sqlite3
from dataclasses import asdict, dataclass
from typing import Literal

from services.practice.wire.calls import Call
from services.practice.wire.errors import (
    expired_token,
    missing_scope,
    no_token,
    retired_token,
    unreadable_token,
)
from services.practice.world import World, graph_time

SHORT_SECONDS = 3_600
LONG_SECONDS = 5_184_000  # 60 days, Instagram and Facebook
# By platform, or by platform and kind; a platform without a row has no prefix.
_PREFIX = {
    "instagram": "IGAA",
    "facebook": "EAA",
    "pinterest": "pina_",
    "pinterest/refresh": "pinr_",
    "tiktok": "act.",
    "tiktok/refresh": "rft.",
    "linkedin": "AQX",
    "youtube": "ya29.",
    "youtube/refresh": "1//",
}

TokenKind = Literal["short", "long", "page", "access", "refresh"]
Standing = Literal["ok", "expired", "retired"]


@dataclass(frozen=True)
class Grant:
    """What a person allowed. `subject` is the account or the Facebook person; `pages` the Pages ticked."""

    platform: str
    subject: str
    scopes: tuple[str, ...]
    declined: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()

    def text(self) -> str:
        """JSON for the record."""
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> "Grant":
        """The grant that `text` wrote."""
        fields = json.loads(text)
        lists = {name: tuple(fields[name]) for name in ("scopes", "declined", "pages")}
        return cls(fields["platform"], fields["subject"], **lists)


@dataclass(frozen=True)
class Token:
    """A token as the platform knows it. `subject` is an account, a person or (kind `page`) a Page."""

    text: str
    kind: TokenKind
    subject: str
    grant: Grant
    issued_at: float
    expires_at: float | None
    retired_at: float | None


def issue_token(
    world: World,
    grant: Grant,
    kind: TokenKind,
    *,
    expires_at: float | None,
    subject: str | None = None,
    parent: str | None = None,
    age_seconds: float = 0.0,
) -> Token:
    """Make a token for a grant, issued `age_seconds` ago; `expires_at` None is a token without a date."""
    now = world.now() - age_seconds
    token = Token(
        _PREFIX.get(f"{grant.platform}/{kind}", _PREFIX.get(grant.platform, "")) + secrets.token_hex(40),
        kind,
        subject or grant.subject,
        grant,
        issued_at=now,
        expires_at=expires_at,
        retired_at=None,
    )
    world.store.run(
        "insert into tokens (token, platform, kind, subject, grant_json, parent, issued_at, expires_at)"
        " values (:token, :platform, :kind, :subject, :g, :parent, :issued_at, :expires_at)",
        token=token.text,
        platform=grant.platform,
        kind=kind,
        subject=token.subject,
        g=grant.text(),
        parent=parent,
        issued_at=now,
        expires_at=expires_at,
    )
    return token


def find_token(world: World, platform: str, text: str) -> Token | None:
    """Look a token up, whatever its state."""
    row = world.store.one(
        "select token, kind, subject, grant_json, issued_at, expires_at, retired_at from tokens"
        " where token = :token and platform = :platform",
        token=text,
        platform=platform,
    )
    return None if row is None else _token(row)


def standing(token: Token, now: float) -> Standing:
    """Does the token work at this instant?"""
    if token.retired_at is not None:
        return "retired"
    return "expired" if token.expires_at is not None and token.expires_at <= now else "ok"


def living_page_token(world: World, parent: Token, page: str) -> Token | None:
    """The Page token that was already derived from this user token, if it still works."""
    row = world.store.one(
        "select token, kind, subject, grant_json, issued_at, expires_at, retired_at from tokens"
        " where parent = :parent and subject = :page and retired_at is null"
        " and (expires_at is null or expires_at > :now) order by issued_at desc",
        parent=parent.text,
        page=page,
        now=world.now(),
    )
    return None if row is None else _token(row)


def read_token(call: Call, text: str | None = None) -> Token:
    """
    Check the token of a call on the graph, or the one given.

    :raises GraphError: 104 none, 190 unreadable, 190/463 expired, 190/467 retired
    """
    sent = call.token_text if text is None else text
    if not sent:
        raise no_token()
    token = find_token(call.world, call.platform, sent)
    if token is None:
        raise unreadable_token()
    state = standing(token, call.now)
    if state == "retired":
        raise retired_token()
    if state == "expired":
        raise expired_token(graph_time(token.expires_at or call.now))
    return token


def require(token: Token, *scopes: str) -> None:
    """On the graph. :raises GraphError: 10 for the first scope that was not granted"""
    for scope in scopes:
        if scope not in token.grant.scopes:
            raise missing_scope(scope)


def expire_token(world: World, text: str) -> None:
    """End a token's time now."""
    world.store.run("update tokens set expires_at = :now where token = :token", now=world.now() - 1, token=text)


def retire_token(world: World, text: str) -> None:
    """Invalidate a token, as after a rotation or a password change."""
    world.store.run("update tokens set retired_at = :now where token = :token", now=world.now(), token=text)


def _token(row: sqlite3.Row) -> Token:
    return Token(
        row["token"],
        row["kind"],
        row["subject"],
        Grant.read(row["grant_json"]),
        row["issued_at"],
        row["expires_at"],
        row["retired_at"],
    )
