"""Authorization codes: made at sign-in, exchanged once within the platform's time, with or without PKCE."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass

from services.practice.tokens import Grant
from services.practice.world import World

CODE_SECONDS = 3_600  # on the graph


@dataclass(frozen=True)
class Code:
    """A code as it was before it was taken: `used_at` tells of an earlier use, `challenge` is empty without PKCE."""

    grant: Grant
    redirect_uri: str
    issued_at: float
    used_at: float | None
    challenge: str = ""


def issue_code(world: World, grant: Grant, redirect_uri: str, challenge: str = "") -> str:
    """Make the code that the browser carries back; `challenge` is what PKCE's S256 made of the verifier."""
    code = secrets.token_urlsafe(48)
    world.store.run(
        "insert into codes (code, platform, grant_json, redirect_uri, issued_at, challenge)"
        " values (:code, :platform, :grant, :redirect_uri, :now, :challenge)",
        code=code,
        platform=grant.platform,
        grant=grant.text(),
        redirect_uri=redirect_uri,
        now=world.now(),
        challenge=challenge,
    )
    return code


def check_verifier(code: Code, verifier: str) -> bool:
    """Is this the verifier the challenge was made of? Without a challenge there must be none."""
    if not code.challenge or not verifier:
        return code.challenge == verifier
    digest = hashlib.sha256(verifier.encode()).digest()
    return hmac.compare_digest(base64.urlsafe_b64encode(digest).rstrip(b"="), code.challenge.encode())


def take_code(world: World, platform: str, text: str) -> Code | None:
    """Read a code and mark it used, whatever comes of the exchange."""
    with world.store.act():
        row = world.store.one(
            "select grant_json, redirect_uri, issued_at, used_at, challenge from codes"
            " where code = :code and platform = :platform",
            code=text,
            platform=platform,
        )
        if row is None:
            return None
        world.store.run(
            "update codes set used_at = coalesce(used_at, :now) where code = :code", now=world.now(), code=text
        )
    return Code(Grant.read(row["grant_json"]), row["redirect_uri"], row["issued_at"], row["used_at"], row["challenge"])
