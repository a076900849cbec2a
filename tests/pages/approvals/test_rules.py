"""The approvals screen under each rule of a brand, its comments, its pictures side by side, and the next free slot."""

from datetime import datetime
from uuid import UUID

import pytest

from services import approvals, creative, identity, schedule
from services.approvals import Level, Mode, Need
from services.kit.db import Scope
from services.schedule import Slot
from tests.makers.accounts import make_channel
from tests.makers.approvals import make_request
from tests.makers.cast import Cast
from tests.makers.creative import make_version
from tests.makers.screens import press_inside, texts
from tests.makers.world import World
from tests.pages.screen import Show


def _rule(world: World, cast: Cast, mode: Mode, *levels: tuple[Need, list[Scope]]) -> None:
    kept = [Level(need=need, people=tuple(one.user_id for one in who if one.user_id)) for need, who in levels]
    with world.web.tx(cast.ana) as tx:
        approvals.set_policy(tx, cast.brand, mode, kept)


def _given(world: World, cast: Cast, request_id: UUID) -> list[tuple[Mode, bool]]:
    with world.web.tx(cast.ana) as tx:
        return [(one.mode, one.by_author) for one in approvals.approvals_of(tx, request_id)]


@pytest.mark.parametrize("mode", [Mode.NONE, Mode.OPTIONAL])
def test_an_author_confirms_in_a_dialog_before_it_goes_out_unseen(
    world: World, cast: Cast, show: Show, mode: Mode
) -> None:
    _rule(world, cast, mode)
    request_id = make_request(world, cast)
    make_channel(world, cast)
    test = show(cast.ana, request=str(request_id))
    test.button(key=f"approvals-ok-{request_id}").click().run()
    assert _given(world, cast, request_id) == []
    assert "nobody else looked at it" in texts(test)
    press_inside(test, f"approvals-ok-{request_id}", "approvals-now-yes")
    assert not test.exception
    assert _given(world, cast, request_id) == [(mode, True)]


def test_levels_say_for_whom_it_waits_and_only_the_last_yes_plans(world: World, cast: Cast, show: Show) -> None:
    request_id = make_request(world, cast, cast.ben)
    make_channel(world, cast)
    _rule(world, cast, Mode.LEVELS, (Need.ANY, [cast.ana]), (Need.ALL, [cast.ana]))
    test = show(cast.ana, request=str(request_id))
    assert "Level 1 of 2: waits for Ana since 0 s" in texts(test)
    assert test.button(key=f"approvals-ok-{request_id}").label == "Approve level 1 of 2"
    test.button(key=f"approvals-ok-{request_id}").click().run()
    assert _given(world, cast, request_id) == []
    assert "Level 2 of 2: waits for Ana" in texts(test)
    again = show(cast.ana, request=str(request_id))
    again.button(key=f"approvals-ok-{request_id}").click().run()
    assert _given(world, cast, request_id) == [(Mode.LEVELS, False)]


def test_everybody_reads_whom_the_next_level_waits_for(world: World, cast: Cast, show: Show) -> None:
    request_id = make_request(world, cast, cast.ben)
    with world.web.tx(cast.ana) as tx:
        approvals.set_policy(tx, cast.brand, Mode.LEVELS, [Level(people=(cast.ana.user_id,))] * 2)  # type: ignore[arg-type]
    test = show(cast.ben, identity.Role.EDITOR, request=str(request_id))
    assert "Level 1 of 2: waits for Ana" in texts(test)
    with world.web.tx(cast.ana) as tx:
        approvals.approve(tx, request_id, [])
        assert len(approvals.sign_offs(tx, request_id)) == 1
    assert "Level 2 of 2: waits for Ana" in texts(show(cast.ben, identity.Role.EDITOR, request=str(request_id)))


def test_a_comment_is_written_shown_safely_and_taken_back(world: World, cast: Cast, show: Show) -> None:
    request_id = make_request(world, cast)
    with world.web.tx(cast.ana) as tx:
        draft_id = approvals.queue_item(tx, request_id).draft_id
    test = show(cast.ben, identity.Role.EDITOR, request=str(request_id))
    test.text_area(key=f"approvals-say-{draft_id}").input("@Ana <script>alert(1)</script> is it new?")
    test.button(key=f"approvals-say-now-{request_id}").click().run()
    assert "<b>@Ana</b> &lt;script&gt;" in texts(test)
    assert test.text_area(key=f"approvals-say-{draft_id}").value == ""
    test.button(key="notices-take-back").click().run()
    assert "is it new?" not in texts(test)


def test_a_viewer_reads_comments_and_has_no_field(world: World, cast: Cast, show: Show) -> None:
    request_id = make_request(world, cast)
    with world.web.tx(cast.ben) as tx:
        approvals.comment(tx, approvals.queue_item(tx, request_id).draft_id, "Too early?")
    test = show(cast.vera, identity.Role.VIEWER, request=str(request_id))
    assert "Too early?" in texts(test)
    assert f"approvals-say-now-{request_id}" not in [button.key for button in test.button]


def test_a_changed_picture_stands_beside_the_one_before(world: World, cast: Cast, show: Show) -> None:
    kept = make_version(world, cast)
    with world.web.tx(cast.ana) as tx:
        creative.save_draft(tx, kept.draft_id, {"headline": "Made this evening."})
    later = creative.keep_version(world.web, cast.ana, kept.draft_id)
    with world.web.tx(cast.ana) as tx:
        approvals.ask(tx, later.id)
    told = texts(show(cast.ben, identity.Role.EDITOR))
    for version in (kept, later):
        placed = version.picture("feed")
        assert placed and f"/files/{placed.file_key}" in told


def test_the_next_free_slot_becomes_the_time(world: World, cast: Cast, show: Show) -> None:
    request_id = make_request(world, cast)
    make_channel(world, cast)
    test = show(cast.ben, identity.Role.EDITOR)
    assert f"approvals-slot-{request_id}" not in [button.key for button in test.button]
    with world.web.tx(cast.ana) as tx:
        schedule.set_slots(tx, cast.brand, [Slot(weekday=3, minute=17 * 60 + 30)])
    test.run()
    test.button(key=f"approvals-slot-{request_id}").click().run()
    assert test.datetime_input(key=f"approvals-when-{request_id}").value == datetime(2026, 11, 26, 17, 30)


def test_a_channel_that_would_refuse_is_not_offered(world: World, cast: Cast, show: Show) -> None:
    make_channel(world, cast, "tiktok")
    request_id = make_request(world, cast, cast.ben)
    test = show(cast.ana, request=str(request_id))
    assert "No connected channel would take this version" in texts(test)
    assert test.button(key=f"approvals-ok-{request_id}").disabled
