"""Practice YouTube's lists and pages, and Google's sign-in with a refresh token that comes once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID

import httpx
import pytest
from pydantic import SecretStr

from services.accounts.hosts import PlatformHost, hosts
from services.accounts.models import Offer, Token
from services.accounts.oauth.youtube import Youtube as SignIn
from services.kit.clock import FixedClock
from services.kit.config import Settings
from services.kit.errors import CredentialsExpired, ProviderError, Rejected
from services.practice.youtube.access import READ, UPLOAD
from tests.makers.clips import clip_bytes
from tests.makers.practice import running_practice
from tests.services.practice.youtube_client import ACME, BAKERY, Youtube, reason

BACK = "http://127.0.0.1:8501/oauth/return/youtube"


@pytest.fixture
def youtube(tmp_path: Path) -> Iterator[Youtube]:
    clock = FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    with running_practice(tmp_path, clock=clock) as practice:
        yield Youtube(practice, clock)


def test_the_uploads_of_a_channel_are_listed_newest_first(youtube: Youtube) -> None:
    first, second = youtube.upload()["id"], youtube.upload(clip_bytes(seconds=6))["id"]
    youtube.clock.move(seconds=2)
    (mine,) = youtube.get("channels", part="snippet,contentDetails", mine="true").json()["items"]
    assert (mine["id"], mine["snippet"]["customUrl"]) == (ACME, "@practice_acme")
    playlist = mine["contentDetails"]["relatedPlaylists"]["uploads"]
    listed = youtube.get("playlistItems", part="snippet,contentDetails", playlistId=playlist, maxResults="25").json()
    assert [row["contentDetails"]["videoId"] for row in listed["items"]] == [second, first]
    assert listed["items"][0]["snippet"]["publishedAt"] == "2026-11-23T09:00:00Z"
    assert reason(youtube.get("playlistItems", part="id", playlistId="UU1")) == (404, "playlistNotFound")


def test_figures_are_texts(youtube: Youtube) -> None:
    made = youtube.upload()["id"]
    youtube.clock.move(hours=5)
    youtube.token = youtube.practice.admin.token("youtube", (READ,), ACME)
    counts = youtube.video(made, "statistics")["statistics"]
    assert int(counts["viewCount"]) > int(counts["likeCount"]) > 0


def test_what_a_list_is_not_told_or_may_not_show_is_refused(youtube: Youtube) -> None:
    assert reason(youtube.get("videos", id="x")) == (400, "required")
    assert reason(youtube.get("videos", part="status")) == (400, "required")
    assert reason(youtube.get("videos", part="secrets", id="x")) == (400, "unknownPart")
    assert reason(youtube.get("search", part="id")) == (404, "notFound")
    assert reason(youtube.get("videos", "", part="id", id="x")) == (401, "required")
    alone = youtube.practice.admin.token("youtube", (UPLOAD,), ACME)
    assert reason(youtube.get("videos", alone, part="id", id="x")) == (403, "insufficientPermissions")


def test_each_list_costs_a_unit_even_when_it_is_refused(youtube: Youtube) -> None:
    youtube.practice.admin.settings(youtube_units_total=2)
    assert youtube.get("channels", part="id", mine="true").status_code == 200
    assert reason(youtube.get("channels", part="secrets", mine="true")) == (400, "unknownPart")
    assert reason(youtube.get("channels", part="id", mine="true")) == (403, "quotaExceeded")


def test_a_video_has_a_public_page_under_both_of_its_addresses(youtube: Youtube) -> None:
    made = youtube.upload()["id"]
    for path in (f"watch?v={made}", f"shorts/{made}"):
        page = httpx.get(f"{youtube.practice.base}/youtube/{path}", follow_redirects=True)
        assert page.status_code == 200 and "Fresh." in page.text and "<video" in page.text
    assert made in httpx.get(f"{youtube.practice.base}/youtube/practice_acme").text
    assert httpx.get(f"{youtube.practice.base}/youtube/watch?v=nothing").status_code == 404


def host(youtube: Youtube) -> PlatformHost:
    return hosts(Settings(_env_file=None, practice_url=youtube.practice.base))["youtube", True]


def authorize(youtube: Youtube, decision: str = "allow", **ticked: list[str]) -> dict[str, list[str]]:
    address = SignIn().authorize_url(host(youtube), BACK, "st", "v")
    return parse_qs(urlsplit(youtube.practice.sign_in(address, subject=ACME, decision=decision, **ticked)).query)


def sign_in(youtube: Youtube) -> Offer:
    code = authorize(youtube)["code"][0]
    with httpx.Client(trust_env=False) as http:
        (offer,) = SignIn().exchange(host(youtube), code, BACK, "v", http=http, now=youtube.clock.now())
    return offer


def token_of(offer: Offer) -> Token:
    return Token(
        channel_id=UUID(int=1), platform="youtube", is_practice=True, remote_id=offer.remote_id, handle=offer.handle,
        secret=offer.secret, refresh=offer.refresh,
    )  # fmt: skip


def test_a_sign_in_gives_an_hour_and_a_lasting_token_and_renewals_keep_it(youtube: Youtube) -> None:
    offer = sign_in(youtube)
    assert (offer.remote_id, offer.handle, offer.missing) == (ACME, "practice_acme", ())
    assert offer.expires_at == youtube.clock.now() + timedelta(seconds=3_599)
    youtube.clock.move(hours=1)
    with httpx.Client(trust_env=False) as http:
        with pytest.raises(CredentialsExpired):
            SignIn().probe(host(youtube), token_of(offer), offer.scopes, http=http, now=youtube.clock.now())
        renewed = SignIn().renew(host(youtube), token_of(offer), http=http, now=youtube.clock.now())
        assert renewed is not None and renewed.refresh is None
        fresh = token_of(offer).model_copy(update={"secret": renewed.secret})
        health = SignIn().probe(host(youtube), fresh, offer.scopes, http=http, now=youtube.clock.now())
        assert (health.remote_id, health.name) == (ACME, "Practice Acme")


def test_revoking_ends_both_tokens(youtube: Youtube) -> None:
    token = token_of(sign_in(youtube))
    with httpx.Client(trust_env=False) as http:
        for _ in range(2):
            SignIn().revoke(host(youtube), token, http=http, now=youtube.clock.now())
        with pytest.raises(CredentialsExpired):
            SignIn().renew(host(youtube), token, http=http, now=youtube.clock.now())
        with pytest.raises(CredentialsExpired):
            SignIn().probe(host(youtube), token, (), http=http, now=youtube.clock.now())


def test_a_code_works_once_for_ten_minutes_for_its_own_app_and_address(youtube: Youtube) -> None:
    code = authorize(youtube)["code"][0]
    at = host(youtube)
    wrong = at.__class__(**{**at.__dict__, "client_secret": SecretStr("wrong")})
    with httpx.Client(trust_env=False) as http:
        for asked, back, error in ((wrong, BACK, Rejected), (at, BACK + "x", Rejected), (at, BACK, CredentialsExpired)):
            with pytest.raises(ProviderError) as caught:
                SignIn().exchange(asked, code, back, "v", http=http, now=youtube.clock.now())
            assert type(caught.value) is error
        late = authorize(youtube)["code"][0]
        youtube.clock.move(seconds=601)
        with pytest.raises(CredentialsExpired):
            SignIn().exchange(at, late, BACK, "v", http=http, now=youtube.clock.now())


def test_the_refresh_token_comes_once_unless_consent_is_asked_for_again(youtube: Youtube) -> None:
    sign_in(youtube)
    asked = {"client_id": "practice", "redirect_uri": BACK, "response_type": "code", "scope": UPLOAD}
    page = f"{youtube.practice.base}/youtube/o/oauth2/v2/auth?" + urlencode(asked | {"access_type": "offline"})
    code = parse_qs(urlsplit(youtube.practice.sign_in(page, subject=ACME)).query)["code"][0]
    form = {"client_id": "practice", "client_secret": "practice", "redirect_uri": BACK}
    given = httpx.post(
        f"{youtube.practice.base}/youtube/token", data=form | {"grant_type": "authorization_code", "code": code}
    ).json()
    assert given["access_token"].startswith("ya29.") and "refresh_token" not in given
    odd = httpx.post(f"{youtube.practice.base}/youtube/token", data=form | {"grant_type": "password"})
    assert (odd.status_code, odd.json()["error"]) == (400, "unsupported_grant_type")


def test_while_the_app_is_in_testing_a_sign_in_ends_after_a_week(youtube: Youtube) -> None:
    youtube.practice.admin.settings(youtube_testing=1)
    offer = sign_in(youtube)
    assert offer.refresh_expires_at == youtube.clock.now() + timedelta(seconds=604_799)
    youtube.clock.move(days=7)
    with httpx.Client(trust_env=False) as http, pytest.raises(CredentialsExpired):
        SignIn().renew(host(youtube), token_of(offer), http=http, now=youtube.clock.now())


def test_the_fifty_first_lasting_token_ends_the_first_without_a_word(youtube: Youtube) -> None:
    first = sign_in(youtube)
    for _ in range(50):
        sign_in(youtube)
    with httpx.Client(trust_env=False) as http, pytest.raises(CredentialsExpired):
        SignIn().renew(host(youtube), token_of(first), http=http, now=youtube.clock.now())


def test_a_person_may_allow_some_or_nothing(youtube: Youtube) -> None:
    assert authorize(youtube, "deny")["error"] == ["access_denied"]
    code = authorize(youtube, "some", granted=list(SignIn.spec.scopes[:2]))["code"][0]
    with httpx.Client(trust_env=False) as http:
        (offer,) = SignIn().exchange(host(youtube), code, BACK, "v", http=http, now=youtube.clock.now())
    assert offer.missing == SignIn.spec.scopes[2:] and offer.remote_id != BAKERY
