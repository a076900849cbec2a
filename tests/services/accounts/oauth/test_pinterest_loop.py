"""Pinterest's sign-in against the practice platform over real HTTP: connected, checked, renewed, ended."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from pydantic import SecretStr

from services.accounts.hosts import PlatformHost
from services.accounts.models import Token
from services.accounts.oauth.pinterest import Pinterest
from services.kit.clock import FixedClock
from services.kit.errors import CredentialsExpired, Rejected
from tests.makers.practice import running_practice

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BACK = "http://127.0.0.1:8501/oauth/return/pinterest"
ACME = "549755885100000001"
SCOPES = Pinterest.spec.scopes


def host(base: str, secret: str = "practice") -> PlatformHost:
    """The real paths under the practice address."""
    at = f"{base}/pinterest"
    token_url = f"{at}/v5/oauth/token"
    return PlatformHost(f"{at}/oauth/", token_url, at, f"{at}/v5", "", "practice", SecretStr(secret), True)


def token(secret: SecretStr, refresh: SecretStr | None) -> Token:
    return Token(
        channel_id=UUID(int=1),
        platform="pinterest",
        is_practice=True,
        remote_id=ACME,
        handle="practice_acme",
        secret=secret,
        refresh=refresh,
    )


def test_an_account_is_connected_renewed_for_months_and_ends_with_a_token_used_twice(tmp_path: Path) -> None:
    clock, sign_in = FixedClock(START), Pinterest()
    with running_practice(tmp_path, clock=clock) as practice, httpx.Client(trust_env=False) as http:
        there = host(practice.base)
        address = sign_in.authorize_url(there, BACK, "state", "verifier")
        back = httpx.URL(practice.sign_in(address, subject=ACME))
        assert back.params["state"] == "state"
        with pytest.raises(Rejected):
            sign_in.exchange(host(practice.base, "wrong"), "c", BACK, "v", http=http, now=START)
        (offer,) = sign_in.exchange(there, back.params["code"], BACK, "verifier", http=http, now=START)
        assert (offer.remote_id, offer.name, offer.missing) == (ACME, "Practice Acme", ())
        held = token(offer.secret, offer.refresh)
        for _ in range(4):
            clock.move(days=29)
            renewed = sign_in.renew(there, held, http=http, now=clock.now())
            assert renewed is not None and renewed.refresh_expires_at == clock.now() + timedelta(days=60)
            old, held = held, token(renewed.secret, renewed.refresh)
        health = sign_in.probe(there, held, SCOPES, http=http, now=clock.now())
        assert (health.remote_id, health.handle, health.missing) == (ACME, "practice_acme", ())
        with pytest.raises(CredentialsExpired):
            sign_in.renew(there, old, http=http, now=clock.now())
        clock.move(days=31)
        with pytest.raises(CredentialsExpired):
            sign_in.probe(there, held, SCOPES, http=http, now=clock.now())


def test_a_person_who_allows_some_is_told_what_is_missing_and_one_who_denies_has_no_code(tmp_path: Path) -> None:
    sign_in = Pinterest()
    with running_practice(tmp_path, clock=FixedClock(START)) as practice, httpx.Client(trust_env=False) as http:
        address = sign_in.authorize_url(host(practice.base), BACK, "state", "verifier")
        some = practice.sign_in(address, subject=ACME, decision="some", granted=["pins:read", "user_accounts:read"])
        code = httpx.URL(some).params["code"]
        (offer,) = sign_in.exchange(host(practice.base), code, BACK, "verifier", http=http, now=START)
        assert offer.missing == ("boards:read", "boards:write", "pins:write")
        assert httpx.URL(practice.sign_in(address, subject=ACME, decision="deny")).params["error"] == "access_denied"
