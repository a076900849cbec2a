"""The calendar's address over HTTP."""

from starlette.testclient import TestClient

from services import publishing
from tests.makers.cast import Cast
from tests.makers.world import World


def test_whoever_has_the_address_reads_and_no_cookie_is_needed(world: World, cast: Cast, browser: TestClient) -> None:
    with world.web.tx(cast.ana) as tx:
        token = publishing.make_feed(tx, cast.brand)
    answer = browser.get(f"/calendar-feed/{token}.ics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "private" in answer.headers["cache-control"]
    assert "set-cookie" not in answer.headers
    with world.web.tx(cast.ana) as tx:
        publishing.revoke_feed(tx, publishing.feeds_of(tx, cast.brand)[0].id)
    ended = browser.get(f"/calendar-feed/{token}.ics")
    assert (ended.status_code, ended.text) == (404, "Not found")
    assert ended.headers["cache-control"] == "no-store"


def test_the_address_is_for_reading_only(browser: TestClient) -> None:
    assert browser.post("/calendar-feed/guess.ics", data={}).status_code == 405
