"""The calendar for calendar programs: what is in it, who may read it, and when it ends."""

from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import brands, identity, publishing
from services.kit.ids import token_hash
from services.publishing.feed import _folded, _text
from tests.makers.accounts import make_channel
from tests.makers.calendar import make_listed
from tests.makers.cast import Cast
from tests.makers.world import START, World


@pytest.fixture
def channel(world: World, cast: Cast) -> UUID:
    return make_channel(world, cast)


def _made(world: World, cast: Cast) -> str:
    with world.web.tx(cast.ben) as tx:
        return publishing.make_feed(tx, cast.brand)


def test_a_program_reads_the_brands_posts_and_nothing_about_people(world: World, cast: Cast, channel: UUID) -> None:
    post = make_listed(world, cast, channel, START + timedelta(days=2), title="Cone, or cup?\nBEGIN:VEVENT")
    make_listed(world, cast, channel, START - timedelta(days=1), "published", title="Out")
    text = publishing.read_feed(world.web, _made(world, cast)).decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n")
    assert text.count("\r\nBEGIN:VEVENT\r\n") == 2
    assert f"UID:{post}@loopdesk" in text
    assert "SUMMARY:Instagram: Cone\\, or cup?\\nBEGIN:VEVENT" in text
    assert f"DTSTART:{START + timedelta(days=2):%Y%m%dT%H%M%SZ}" in text
    assert not any(name in text for name in ("Ana", "Ben", "@example.com", str(cast.acme), str(cast.ben.user_id)))


def test_only_the_hash_of_an_address_is_kept(world: World, cast: Cast) -> None:
    token = _made(world, cast)
    with psycopg.connect(world.addresses.admin) as connection:
        rows = connection.execute("select f::text from app.calendar_feeds f where org_id = %s", [cast.acme]).fetchall()
    ((kept,),) = rows
    assert token not in kept
    assert token_hash(token) in kept
    assert len(token) >= 43


def test_an_ended_address_stops_at_once_and_others_go_on(world: World, cast: Cast) -> None:
    first = _made(world, cast)
    with world.web.tx(cast.ben) as tx:
        (oldest,) = publishing.feeds_of(tx, cast.brand)
    second = _made(world, cast)
    with world.web.tx(cast.ben) as tx:
        publishing.revoke_feed(tx, oldest.id)
        publishing.revoke_feed(tx, oldest.id)
        (standing,) = publishing.feeds_of(tx, cast.brand)
    assert standing != oldest
    with pytest.raises(publishing.FeedNotFound):
        publishing.read_feed(world.web, first)
    assert publishing.read_feed(world.web, second)


def test_the_address_dies_with_its_makers_membership(world: World, cast: Cast) -> None:
    token = _made(world, cast)
    with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        gone = "delete from app.org_members where org_id = %s and user_id = %s"
        connection.execute(gone, [cast.acme, cast.ben.user_id])
    with pytest.raises(publishing.FeedNotFound):
        publishing.read_feed(world.web, token)


def test_an_address_belongs_to_its_maker_and_to_nobody_elsewhere(world: World, cast: Cast) -> None:
    _made(world, cast)
    with world.web.tx(cast.ben) as tx:
        (feed,) = publishing.feeds_of(tx, cast.brand)
    for other in (cast.ana, cast.cleo):
        with world.web.tx(other) as tx:
            assert publishing.feeds_of(tx, cast.brand) == []
            with pytest.raises(publishing.FeedNotFound):
                publishing.revoke_feed(tx, feed.id)
    with world.web.tx(cast.cleo) as tx, pytest.raises(brands.BrandNotFound):
        publishing.make_feed(tx, cast.brand)
    with world.web.tx(cast.vera) as tx, pytest.raises(identity.RoleTooLow):
        publishing.make_feed(tx, cast.brand)


@pytest.mark.parametrize("token", ["", "guess", "\0", "é" * 200])
def test_a_guess_finds_nothing(world: World, token: str) -> None:
    with pytest.raises(publishing.FeedNotFound):
        publishing.read_feed(world.web, token)


@given(words=st.text(max_size=300))
def test_whatever_a_title_holds_it_stays_one_value(words: str) -> None:
    lines = list(_folded(f"SUMMARY:{_text(words)}"))
    assert all(len(line) <= 77 and line.endswith(b"\r\n") for line in lines)
    assert all(line.startswith(b" ") for line in lines[1:])
    assert b"".join(lines).count(b"\n") == len(lines) == b"".join(lines).count(b"\r")
