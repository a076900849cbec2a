"""Choices that only the account knows, on the ad creator's screen: a Pinterest account's boards."""

from uuid import UUID

import pytest

from services import creative, publishing
from services.kit.app import App
from services.kit.db import Scope
from services.kit.errors import Unavailable
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast
from tests.makers.creative import make_post
from tests.makers.media import jpeg_bytes, make_asset
from tests.makers.screens import texts
from tests.makers.world import World
from tests.pages.screen import Show

BOARDS = (("549700", "Autumn"), ("549701", "<b>Winter</b>"))


@pytest.fixture
def draft_id(world: World, cast: Cast) -> UUID:
    make_channel(world, cast, "pinterest")
    cone = make_asset(world, cast.ana, cast.brand, name="cone.jpg", data=jpeg_bytes(1080, 1350))
    return make_post(world, cast, cone).id


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The account offers two boards; each question is noted."""
    seen: list[str] = []

    def offered(app: App, scope: Scope, channel_id: UUID, reads: str) -> tuple[tuple[str, str], ...]:
        seen.append(reads)
        return BOARDS

    monkeypatch.setattr(publishing, "offered", offered)
    return seen


def _key(draft_id: UUID) -> str:
    return f"creator-choice-pinterest-board-{draft_id}"


def test_a_board_is_chosen_by_its_name_and_asked_for_once(
    world: World, cast: Cast, show: Show, draft_id: UUID, asked: list[str]
) -> None:
    test = show(cast.ana, draft=str(draft_id))
    assert test.selectbox(key=_key(draft_id)).options == ["Choose", "Autumn", "<b>Winter</b>"]
    assert "“Board” is still open" in texts(test)
    test.selectbox(key=_key(draft_id)).select("549701").run()
    with world.web.tx(cast.ana) as tx:
        assert creative.draft(tx, draft_id).per_channel["pinterest"]["board"] == "549701"
    assert "“Board” is still open" not in texts(test) and asked == ["boards"] and not test.exception


def test_a_board_that_is_gone_stays_chosen_and_says_so(
    world: World, cast: Cast, show: Show, draft_id: UUID, asked: list[str]
) -> None:
    with world.web.tx(cast.ana) as tx:
        creative.save_for_channel(tx, draft_id, "pinterest", {"board": "549799"})
    test = show(cast.ana, draft=str(draft_id))
    chooser = test.selectbox(key=_key(draft_id))
    assert chooser.value == "549799" and "549799 (not offered now)" in chooser.options


def test_an_account_that_does_not_answer_is_told_and_nothing_is_lost(
    world: World, cast: Cast, show: Show, draft_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_: object) -> tuple[tuple[str, str], ...]:
        raise Unavailable("Pinterest could <i>not</i> be reached.")

    monkeypatch.setattr(publishing, "offered", silent)
    with world.web.tx(cast.ana) as tx:
        creative.save_for_channel(tx, draft_id, "pinterest", {"board": "549700"})
    test = show(cast.ana, draft=str(draft_id))
    assert test.selectbox(key=_key(draft_id)).value == "549700"
    assert "could &lt;i&gt;not&lt;/i&gt; be reached" in texts(test) and not test.exception


def test_a_fixed_choice_narrows_to_what_the_account_offers() -> None:
    from pages.parts.creator_lists import NOTHING, Offered, labels_of

    privacy = publishing.Setting("privacy", "Who", (("all", "Everyone"), ("me", "Only me")), required=True, reads="who")
    assert labels_of(privacy, NOTHING, "") == {"": "Choose", "all": "Everyone", "me": "Only me"}
    assert labels_of(privacy, Offered((("me", "me"),), "", 0.0), "") == {"": "Choose", "me": "Only me"}
    fixed = publishing.Setting("music", "Music", (("no", "No"), ("yes", "Yes")), default="no")
    assert labels_of(fixed, NOTHING, "no") == {"no": "No", "yes": "Yes"}


def test_the_account_is_asked_again_when_a_person_wants_it(
    cast: Cast, show: Show, draft_id: UUID, asked: list[str]
) -> None:
    test = show(cast.ana, draft=str(draft_id))
    again = next(one for one in test.button if one.key and one.key.startswith("creator-read-boards-"))
    again.click().run()
    assert asked == ["boards", "boards"] and not test.exception
