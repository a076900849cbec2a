"""The approvals screen: who sees which buttons, and what a click does."""

from datetime import datetime
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from services import approvals, creative, identity, publishing
from tests.makers.accounts import make_channel
from tests.makers.approvals import make_approval, make_request
from tests.makers.cast import Cast
from tests.makers.creative import make_ad, make_version
from tests.makers.screens import press_inside, texts, went
from tests.makers.world import World
from tests.pages.screen import Show


def _posts(world: World, cast: Cast) -> list[tuple[str, datetime]]:
    with world.web.tx(cast.ana) as tx:
        rows = tx.tuples("select state, due_at from app.posts order by created_at, id", {})
    return [(state, due_at) for state, due_at in rows]


def _state(world: World, cast: Cast, request_id: UUID) -> str:
    with world.web.tx(cast.ana) as tx:
        return str(tx.value("select state from app.review_requests where id = %(id)s", {"id": request_id}))


def _two(world: World, cast: Cast) -> tuple[UUID, UUID]:
    """Two requests, in the order of the queue."""
    made = {make_request(world, cast, name="One"), make_request(world, cast, name="Two")}
    with world.web.tx(cast.ben) as tx:
        first, second = [item.id for item in approvals.waiting_queue(tx) if item.id in made]
    return first, second


def _keys(test: AppTest) -> list[str]:
    return [button.key or "" for button in test.button]


def test_approving_plans_one_post_per_channel_at_the_brands_time(world: World, cast: Cast, show: Show) -> None:
    request_id = make_request(world, cast)
    for platform in ("instagram", "facebook"):
        make_channel(world, cast, platform)
    test = show(cast.ben, identity.Role.EDITOR)
    test.datetime_input(key=f"approvals-when-{request_id}").set_value(datetime(2026, 11, 26, 9, 0)).run()
    test.button(key=f"approvals-ok-{request_id}").click().run()
    assert not test.exception
    assert [(state, due.isoformat()) for state, due in _posts(world, cast)] == [
        ("planned", "2026-11-26T08:00:00+00:00")
    ] * 2
    assert _state(world, cast, request_id) == "approved"
    assert "Nothing waits" in texts(test)


def test_undo_cancels_the_posts_and_the_request_waits_again(world: World, cast: Cast, show: Show) -> None:
    request_id = make_request(world, cast)
    make_channel(world, cast)
    test = show(cast.ben, identity.Role.EDITOR)
    test.button(key=f"approvals-ok-{request_id}").click().run()
    test.button(key="notices-take-back").click().run()
    assert [state for state, _ in _posts(world, cast)] == ["cancelled"]
    assert _state(world, cast, request_id) == "waiting"
    test.button(key=f"approvals-ok-{request_id}").click().run()
    assert sorted(state for state, _ in _posts(world, cast)) == ["cancelled", "planned"]


def test_two_tabs_approve_once_and_the_second_is_told(world: World, cast: Cast, show: Show) -> None:
    request_id = make_request(world, cast)
    make_channel(world, cast)
    one, two = (show(cast.ben, identity.Role.EDITOR) for _ in range(2))
    one.button(key=f"approvals-ok-{request_id}").click().run()
    two.button(key=f"approvals-ok-{request_id}").click().run()
    assert len(_posts(world, cast)) == 1
    assert "Somebody decided first" in two.toast[0].value


def test_now_asks_once_more_and_queues_the_post(world: World, cast: Cast, show: Show) -> None:
    request_id = make_request(world, cast)
    make_channel(world, cast)
    test = show(cast.ben, identity.Role.EDITOR)
    test.segmented_control(key="approvals-when-mode").select("Now").run()
    test.button(key=f"approvals-ok-{request_id}").click().run()
    assert _posts(world, cast) == []
    press_inside(test, f"approvals-ok-{request_id}", "approvals-now-yes")
    assert [state for state, _ in _posts(world, cast)] == ["due"]


@pytest.mark.parametrize(
    ("wall", "sentence"),
    [
        (datetime(2027, 3, 28, 2, 30), "does not exist"),
        (datetime(2026, 11, 22, 9, 0), "has passed"),
    ],
)
def test_a_time_that_cannot_be_is_told_and_keeps_approve_shut(
    world: World, cast: Cast, show: Show, wall: datetime, sentence: str
) -> None:
    request_id = make_request(world, cast)
    make_channel(world, cast)
    test = show(cast.ben, identity.Role.EDITOR)
    test.datetime_input(key=f"approvals-when-{request_id}").set_value(wall).run()
    assert sentence in texts(test)
    assert test.button(key=f"approvals-ok-{request_id}").disabled


def test_in_the_hour_that_comes_twice_the_first_is_meant_and_told(world: World, cast: Cast, show: Show) -> None:
    request_id = make_request(world, cast)
    make_channel(world, cast)
    test = show(cast.ben, identity.Role.EDITOR)
    test.datetime_input(key=f"approvals-when-{request_id}").set_value(datetime(2027, 10, 31, 2, 30)).run()
    assert "02:30 (UTC+2)" in texts(test)


def test_rejecting_takes_a_reason_and_goes_on_to_the_next(world: World, cast: Cast, show: Show) -> None:
    first, second = _two(world, cast)
    test = show(cast.ben, identity.Role.EDITOR, request=str(first))
    test.button(key=f"approvals-no-{first}").click().run()
    press_inside(test, f"approvals-no-{first}", "approvals-reject-now")
    assert approvals.ReasonMissing().sentence in test.error[0].value
    test.text_area(key=f"approvals-reason-{first}").input("The cone is cut off.")
    press_inside(test, f"approvals-no-{first}", "approvals-reject-now")
    assert _state(world, cast, first) == "rejected"
    assert test.query_params["request"] == str(second)


def test_j_and_k_move_through_the_queue(world: World, cast: Cast, show: Show) -> None:
    first, second = _two(world, cast)
    test = show(cast.ben, identity.Role.EDITOR)
    assert f"approvals-edit-{first}" in _keys(test)
    test.button(key="approvals-next").click().run()
    assert f"approvals-edit-{second}" in _keys(test)
    test.button(key="approvals-previous").click().run()
    assert f"approvals-edit-{first}" in _keys(test)


def test_the_author_sees_it_under_all_and_may_only_edit_or_withdraw(world: World, cast: Cast, show: Show) -> None:
    request_id = make_request(world, cast)
    test = show(cast.ana)
    assert "somebody else decides" in texts(test)
    assert f"approvals-ok-{request_id}" not in _keys(test)
    test.button(key=f"approvals-withdraw-{request_id}").click().run()
    assert _state(world, cast, request_id) == "withdrawn"


def test_a_viewer_sees_the_queue_without_decisions(world: World, cast: Cast, show: Show) -> None:
    request_id = make_request(world, cast)
    test = show(cast.vera, identity.Role.VIEWER)
    assert "does not decide" in texts(test)
    assert f"approvals-ok-{request_id}" not in _keys(test)
    assert f"approvals-no-{request_id}" not in _keys(test)


def test_cleo_sees_an_empty_screen(world: World, cast: Cast, show: Show) -> None:
    request_id = make_request(world, cast)
    test = show(cast.cleo, request=str(request_id))
    assert "Nothing waits" in texts(test)
    assert "Made this morning" not in texts(test)


def test_the_preview_shows_the_stored_file_and_the_seal_it_will_get(world: World, cast: Cast, show: Show) -> None:
    request_id, channel = make_request(world, cast), make_channel(world, cast)
    with world.web.tx(cast.ben) as tx:
        (item,) = approvals.waiting_queue(tx)
        content = approvals.content_for(tx, item.version_id, channel)
    told = texts(show(cast.ben, identity.Role.EDITOR, request=str(request_id)))
    assert f"/files/{content.media[0].file_key}" in told
    assert content.seal()[:8] in told
    assert "Fits Instagram" in told


def test_what_changed_and_the_evidence_stand_beside_it(world: World, cast: Cast, show: Show) -> None:
    ad, kept = make_ad(world, cast.acme), make_version(world, cast)
    with world.web.tx(cast.ana) as tx:
        creative.attach_evidence(tx, kept.draft_id, ad)
        creative.save_draft(tx, kept.draft_id, {"headline": "Made this evening."})
    later = creative.keep_version(world.web, cast.ana, kept.draft_id)
    with world.web.tx(cast.ana) as tx:
        approvals.ask(tx, later.id)
    told = texts(show(cast.ben, identity.Role.EDITOR))
    assert "<del>morning.</del><ins>evening.</ins>" in told
    assert "Changed since v1" in told
    assert "203 days running" in told


def test_a_changed_file_behind_an_ad_is_told(world: World, cast: Cast, show: Show) -> None:
    request_id = make_request(world, cast)
    with world.web.tx(cast.ben) as tx:
        (item,) = approvals.waiting_queue(tx)
        key = tx.value(
            "select media -> 0 ->> 'file_key' from app.draft_versions where id = %(id)s", {"id": item.version_id}
        )
    world.web.files.path(key).write_bytes(b"something else")  # type: ignore[attr-defined]
    assert "A stored picture was changed" in texts(show(cast.ben, identity.Role.EDITOR, request=str(request_id)))


def test_a_decision_is_kept_under_decided_and_can_be_taken_back(world: World, cast: Cast, show: Show) -> None:
    given = make_approval(world, cast)
    with world.web.tx(cast.ben) as tx:
        publishing.plan_post(tx, given.id, None, "Europe/Berlin")
    test = show(cast.ben, identity.Role.EDITOR, **{"approvals-show": "Decided"})
    assert f"sealed {given.seal[:4]}" in texts(test)
    test.button(key=f"approvals-back-{given.request_id}").click().run()
    assert _state(world, cast, given.request_id) == "waiting"
    assert [state for state, _ in _posts(world, cast)] == ["cancelled"]


def test_without_a_channel_there_is_a_way_to_connect_one_and_no_approval(
    world: World, cast: Cast, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pages.parts import paths

    request_id, gone = make_request(world, cast), went(monkeypatch)
    monkeypatch.setattr(paths, "has", lambda name: True)
    test = show(cast.ben, identity.Role.EDITOR)
    assert test.button(key=f"approvals-ok-{request_id}").disabled
    test.button(key="approvals-connect").click().run()
    test.button(key=f"approvals-edit-{request_id}").click().run()
    assert [gone[0][0], gone[-1][0]] == ["channels", "creator"]
