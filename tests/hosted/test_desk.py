"""A hosted Loopdesk over plain HTTP: set up by the release's link, people from Auth, files in Storage, real work."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from services import identity, jobs, media, wiring
from services.kit.app import App
from services.kit.config import ROOT
from services.kit.db import Scope
from services.kit.http import make_client
from tests.hosted.desk import PUBLIC, Browser, Desk, wait_until
from tests.makers.world import World
from tests.pages.screen import showing

EMAIL, PASSWORD = "ana@acme.example", "eleven geese at dawn"
PICTURE = ROOT / "tests/fixtures/media/balloons_square.jpg"
LOGO = ROOT / "tests/fixtures/media/lizard.png"


@pytest.fixture(scope="module")
def ana(hosted: Desk) -> Browser:
    """Ana's browser after she followed the link of the release and filled in the form."""
    link = re.findall(rf"{PUBLIC}(/\?setup=\S+)", hosted.told)[0]
    browser = hosted.browser()
    assert browser.get(link).status_code == 200
    answer = browser.post("/auth/set-up", _set_up_form(link), files={"logo": ("logo.png", LOGO.read_bytes())})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    return browser


@pytest.fixture(scope="module")
def app(hosted: Desk, ana: Browser) -> Iterator[App]:
    """The App a page of this installation works with."""
    made = wiring.build("web", hosted.settings)
    yield made
    made.close()


@pytest.fixture
def scope(app: App, ana: Browser) -> Scope:
    person = identity.viewer(app, ana.cookies["ld_sid"])
    assert person is not None
    return Scope(person.org_id, person.user_id)


def _set_up_form(link: str) -> dict[str, str]:
    return {
        "token": parse_qs(urlsplit(link).query)["setup"][0],
        "organisation": "Acme",
        "your_name": "Ana",
        "email": EMAIL,
        "password": PASSWORD,
        "brand": "Acme",
        "web_address": "https://acme.example",
        "time_zone": "Europe/Berlin",
        "colour1": "#4B47D1",
    }


def _system() -> None:
    from pages import system

    system.page()


def _fetched(address: str) -> bytes:
    with make_client() as client:
        answer = client.get(address)
    assert answer.status_code == 200
    return answer.content


def test_the_link_of_the_release_makes_the_owner_in_auth_and_the_logo_in_storage(hosted: Desk, ana: Browser) -> None:
    assert hosted.ask(
        "select m.role, u.email from app.org_members m join auth.users u on u.id = m.user_id where u.email = %s", EMAIL
    ) == [("owner", EMAIL)]
    assert hosted.ask("select count(*) from private.credentials") == [(0,)]
    ((logo_key,),) = hosted.ask("select logo_key from app.brands")
    assert logo_key in hosted.supabase.storage.objects["media"]


def test_the_link_is_spent_and_nobody_is_left_behind_in_auth(hosted: Desk, ana: Browser) -> None:
    link = re.findall(rf"{PUBLIC}(/\?setup=\S+)", hosted.told)[0]
    answer = hosted.browser().post("/auth/set-up", _set_up_form(link) | {"email": "mallory@elsewhere.example"})
    assert answer.headers["location"].endswith("problem=already-set-up")
    assert hosted.ask("select email from auth.users where email like 'mallory%%'") == []


def test_the_page_of_a_hosted_desk_may_show_pictures_of_its_storage(hosted: Desk, ana: Browser) -> None:
    answer = ana.get("/")
    assert answer.status_code == 200
    assert f"img-src 'self' data: blob: {hosted.supabase.url};" in answer.headers["content-security-policy"]
    assert "strict-transport-security" in answer.headers


def test_signing_in_and_out_with_a_password_that_auth_keeps(hosted: Desk, ana: Browser, app: App) -> None:
    browser = hosted.browser()
    wrong = browser.post("/auth/sign-in", {"email": EMAIL, "password": "eleven ducks at dawn", "next": "/media"})
    assert wrong.headers["location"] == "/media?problem=wrong-sign-in"
    right = browser.post("/auth/sign-in", {"email": EMAIL, "password": PASSWORD, "next": "/media"})
    assert (right.status_code, right.headers["location"]) == (303, "/media")
    session = browser.cookies["ld_sid"]
    assert identity.viewer(app, session) is not None
    browser.post("/auth/sign-out", {})
    assert "ld_sid" not in browser.cookies
    assert identity.viewer(app, session) is None
    assert identity.viewer(app, ana.cookies["ld_sid"]) is not None


def test_signing_in_with_google_and_back_to_where_one_wanted_to_go(hosted: Desk, ana: Browser, app: App) -> None:
    browser = hosted.browser()
    leaving = browser.get("/auth/google?next=/calendar").headers["location"]
    assert leaving.startswith(f"{hosted.supabase.url}/auth/v1/authorize?")
    assert parse_qs(urlsplit(leaving).query)["redirect_to"] == [f"{PUBLIC}/auth/google/return"]
    code = hosted.supabase.auth.sign_in_with_google(leaving, EMAIL, "Ana")
    assert browser.get(f"/auth/google/return?code={code}").headers["location"] == "/calendar"
    person = identity.viewer(app, browser.cookies["ld_sid"])
    assert person is not None and person.email == EMAIL


def test_an_invited_person_is_made_in_auth_and_changes_their_password_there(
    hosted: Desk, app: App, scope: Scope
) -> None:
    with app.tx(scope) as tx:
        token = identity.invite(tx, "ben@acme.example", identity.Role.EDITOR)
    browser = hosted.browser()
    joined = browser.post("/auth/invitation", {"token": token, "your_name": "Ben", "password": PASSWORD})
    assert joined.headers["location"] == "/"
    changed = {"present": PASSWORD, "password": "twelve swans at dusk", "again": "twelve swans at dusk"}
    assert browser.post("/auth/password", changed).headers["location"] == "/account?told=password-changed"
    again = {"email": "ben@acme.example", "password": "twelve swans at dusk", "next": "/"}
    assert hosted.browser().post("/auth/sign-in", again).headers["location"] == "/"


def test_an_upload_lies_in_storage_and_the_worker_makes_its_thumbnail(hosted: Desk, app: App, scope: Scope) -> None:
    asset = media.store_upload(app, scope, None, "balloons.jpg", PICTURE.read_bytes()).asset
    assert asset is not None
    address = media.address(app, asset.file_key)
    assert address.startswith(f"{hosted.supabase.url}/storage/v1/object/sign/media/")
    assert hashlib.sha256(_fetched(address)).hexdigest() == asset.sha256

    def thumb_key() -> str | None:
        return hosted.ask("select thumb_key from app.assets where id = %s", asset.id)[0][0]

    wait_until(thumb_key, "the worker made the thumbnail")
    assert _fetched(media.address(app, thumb_key())).startswith((b"\xff\xd8", b"RIFF"))
    ended = "select status from app.job_runs where task = 'media.make_thumbnail' and subject_id = %s"
    wait_until(lambda: hosted.ask(ended, str(asset.id)) == [("succeeded",)], "the run is on record")
    with app.tx(scope) as tx:
        assert "media.make_thumbnail" in [line.name for line in jobs.board(tx).lines]


def test_the_system_page_says_hosted_and_names_no_problem(
    hosted: Desk, app: App, scope: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.admin_tx() as tx:
        found = jobs.installation(tx, app.settings)
        assert len(jobs.workers(tx)) == 1
    assert (found.mode, found.missing, found.unknown, found.problems) == ("hosted", [], [], [])
    with showing(World(app, app, None, None), _system, monkeypatch) as show:  # type: ignore[arg-type]
        screen = show(scope)
    assert not screen.exception
    drawn = " ".join(str(one.proto.body) for one in screen.get("html"))
    assert hosted.supabase.url in drawn and "Nothing." in drawn


def test_nothing_is_kept_on_the_machine_itself(hosted: Desk, app: App) -> None:
    assert not Path(hosted.variables["LOOPDESK_DATA"]).exists()
    assert "Traceback" not in "".join(log.read_text() for log in hosted.home.glob("*.log"))
