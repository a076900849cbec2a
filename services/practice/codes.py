"""Authorization codes: made at sign-in, exchanged once within the hour."""

import secrets
from dataclasses import dataclass

from services.practice.tokens import Grant
from services.practice.world import World

CODE_SECONDS = 3_600


@dataclass(frozen=True)
class Code:
    """A code as it was before it was taken: `used_at` tells of an earlier use."""

    grant: Grant
    redirect_uri: str
    issued_at: float
    used_at: float | None


def issue_code(world: World, grant: Grant, redirect_uri: str) -> str:
    """Make the code that the browser carries back."""
    code = secrets.token_urlsafe(48)
    world.store.run(
        "insert into codes (code, platform, grant_json, redirect_uri, issued_at)"
        " values (:code, :platform, :grant, :redirect_uri, :now)",
        code=code,
        platform=grant.platform,
        grant=grant.text(),
        redirect_uri=redirect_uri,
        now=world.now(),
    )
    return code


def take_code(world: World, platform: str, text: str) -> Code | None:
    """Read a code and mark it used, whatever comes of the exchange."""
    with world.store.act():
        row = world.store.one(
            "select grant_json, redirect_uri, issued_at, used_at from codes"
            " where code = :code and platform = :platform",
            code=text,
            platform=platform,
        )
        if row is None:
            return None
        world.store.run(
            "update codes set used_at = coalesce(used_at, :now) where code = :code", now=world.now(), code=text
        )
    return Code(Grant.read(row["grant_json"]), row["redirect_uri"], row["issued_at"], row["used_at"])
