"""LinkedIn's sign-in answers, damaged in every way: never a traceback, never an account without a token or an id."""

import re
from contextlib import suppress
from typing import Any

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

from services.kit.errors import ProviderError
from tests.services.accounts.oauth.test_linkedin import ACME, EVERYTHING, HOST, LINKEDIN, MEMBER, NOW, RETURN, token

FIELDS = """access_token expires_in refresh_token refresh_token_expires_in scope sub name elements organization role
organizationalTarget localizedName vanityName error error_description code message"""
NAMES = st.sampled_from(re.findall(r"\w+", FIELDS))
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=12)
    | st.sampled_from([ACME, "urn:li:organization:", "ADMINISTRATOR", "AQXlong", "Ana_1", "openid,profile"])
)
BODIES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=6), max_leaves=12
)
GOOD = {"access_token": "AQXlong", "sub": "Ana_1", "elements": [{"organization": ACME, "role": "ADMINISTRATOR"}]}
STATUS = st.sampled_from([200, 200, 200, 201, 204, 302, 400, 401, 403, 404, 426, 429, 500])
FUZZ = settings(max_examples=150)


@st.composite
def doors(draw: st.DrawFn) -> httpx.Client:
    """Each answer in turn is damaged in its own way; the last one goes on."""
    answers = draw(st.lists(st.tuples(STATUS, BODIES | st.binary(max_size=20)), min_size=1, max_size=4))
    left = list(answers)

    def answer(request: httpx.Request) -> httpx.Response:
        status, body = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(body, bytes):
            return httpx.Response(status, content=body)
        return httpx.Response(status, json=GOOD | body if isinstance(body, dict) else body)

    return httpx.Client(transport=httpx.MockTransport(answer))


@FUZZ
@given(doors())
def test_a_sign_in_gives_accounts_with_tokens_or_one_of_our_errors(http: Any) -> None:
    with suppress(ProviderError):
        for offer in LINKEDIN.exchange(HOST, "code", RETURN, "v", http=http, now=NOW):
            assert offer.secret.get_secret_value().strip() and re.match(r"urn:li:\w+:.", offer.remote_id)


@FUZZ
@given(doors(), st.sampled_from([MEMBER, ACME]))
def test_a_renewal_or_a_probe_is_whole_or_one_of_our_errors(http: Any, account: str) -> None:
    with suppress(ProviderError):
        renewed = LINKEDIN.renew(HOST, token(account), http=http, now=NOW)
        assert renewed is not None and renewed.secret.get_secret_value().strip()
    with suppress(ProviderError):
        assert LINKEDIN.probe(HOST, token(account), EVERYTHING, http=http, now=NOW).remote_id
