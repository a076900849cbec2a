"""Channels: what lasts and what waits, noting a review, and connecting with a token."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import channel_words
from services import accounts, identity, wiring
from services.accounts import ReviewState
from services.accounts.registry import sign_in
from tests.makers.accounts import make_channel, on_practice
from tests.makers.cast import Cast
from tests.makers.practice import RunningPractice, running_practice
from tests.makers.world import World
from tests.pages.channels.conftest import labels, text_of
from tests.pages.screen import Show


@pytest.fixture
def practice(world: World, tmp_path: Path) -> Iterator[RunningPractice]:
    with running_practice(tmp_path, clock=world.clock) as running:
        yield running


def test_a_channel_that_renews_itself_is_told_by_its_sign_in_not_by_its_token(
    world: World, show: Show, cast: Cast
) -> None:
    now = world.clock.now()
    soon = now + timedelta(hours=-3)
    make_channel(world, cast, "x", refresh="r1", token_expires_at=soon)
    make_channel(world, cast, "tiktok", refresh="r1", token_expires_at=soon, sign_in_ends_at=now + timedelta(days=200))
    make_channel(world, cast, "linkedin", refresh="r1", token_expires_at=soon, sign_in_ends_at=now + timedelta(days=8))
    text = text_of(show(cast.ana))
    for words in ("renews itself", "200 d left", "8 d left", "Sign in again before"):
        assert words in text
    assert text.count("Healthy") == 2
    assert text.count("Needs you soon") == 1


def test_a_card_tells_what_is_left_and_both_the_last_success_and_the_last_error(
    world: World, show: Show, cast: Cast
) -> None:
    now = world.clock.now()
    make_channel(
        world,
        cast,
        quota_used=98,
        quota_total=100,
        missing_scopes=["read_insights"],
        last_error="Slow down.",
        last_error_at=now,
        last_success_at=now,
    )
    text = text_of(show(cast.ana))
    assert "Posts left: 2 of 100" in text
    assert "Not allowed yet: Read results" in text
    assert "Slow down." in text
    assert "Last worked 10:00" in text


def test_what_waits_for_a_review_is_said_where_it_bites(world: World, show: Show, cast: Cast) -> None:
    make_channel(world, cast, "facebook", is_practice=False)
    bite = f"Until the review is granted: {accounts.NEEDS['facebook'].until}"
    text = text_of(show(cast.ana))
    assert bite in text
    assert "0 of" in text and "Not applied" in text
    with world.web.tx(cast.ana) as tx:
        accounts.note_review(tx, "facebook", ReviewState.GRANTED, note="<i>ticket</i>")
    text = text_of(show(cast.ana))
    assert bite not in text
    assert "1 of" in text and "Granted" in text
    assert "<i>ticket" not in text


def test_progress_of_a_review_is_noted_by_admins(world: World, show: Show, cast: Cast) -> None:
    make_channel(world, cast)
    assert "Note progress" not in labels(show(cast.vera, identity.Role.VIEWER))
    test = show(cast.ana)
    test.button(key="channels-reviews-note").click().run()
    assert accounts.NEEDS["instagram"].asks.split(",")[0] in text_of(test)
    dialog = AppTest.from_string(
        "from pages.parts import channel_reviews, doors\nfrom services import accounts\n"
        "with doors.app().tx(doors.scope()) as tx:\n    found = accounts.reviews(tx)\n"
        "channel_reviews.note(found)",
        default_timeout=20,
    ).run()
    dialog.selectbox(key="channels-review-platform").set_value("facebook").run()
    dialog.selectbox(key="channels-review-state-facebook").set_value(ReviewState.APPLIED)
    dialog.text_input(key="channels-review-note-facebook").set_value("ticket 7")
    dialog.button(key="channels-review-save-facebook").click().run()
    assert not dialog.exception
    with world.web.tx(cast.ana) as tx:
        noted = {review.platform: review for review in accounts.reviews(tx)}["facebook"]
    assert (noted.state, noted.note, noted.applied_on) == (ReviewState.APPLIED, "ticket 7", world.clock.now().date())


def test_a_token_is_pasted_asked_about_and_never_shown_again(
    world: World, show: Show, cast: Cast, practice: RunningPractice
) -> None:
    show(cast.ana)
    wiring.use(on_practice(world.web, practice.base))
    text = practice.admin.user_token(subject="122100000000002")
    dialog = AppTest.from_string(
        "from uuid import UUID\nfrom pages.parts import channel_token, doors\nfrom services import accounts\n"
        "places = [one for one in accounts.connectable(doors.app().settings) if one.by_token]\n"
        f"channel_token.connect(places, UUID('{cast.brand}'))",
        default_timeout=20,
    ).run()
    dialog.text_input(key="channels-token-text-0").set_value("made-up")
    dialog.button(key="channels-token-go").click().run()
    assert "does not accept this token" in text_of(dialog)
    dialog.run()
    dialog.text_input(key="channels-token-text-1").set_value(text)
    dialog.button(key="channels-token-go").click().run()
    assert not dialog.exception
    dialog.run()
    assert dialog.text_input(key="channels-token-text-2").value == ""
    assert "channels-token-text-1" not in dialog.session_state
    with world.web.tx(cast.ana) as tx:
        assert [channel.name for channel in accounts.channels(tx)] == ["Practice Bakery"]


def test_every_right_that_we_ask_for_has_its_words(world: World) -> None:
    web = on_practice(world.web, "http://127.0.0.1:8601")
    platforms = {place.platform for place in accounts.connectable(web.settings)}
    assert {"instagram", "facebook"} <= platforms
    for platform in platforms:
        for scope in sign_in(platform).spec.scopes:
            assert channel_words.scope_words(scope) != scope
