"""The drawer of a post: how it stands, the one next step, and who may take it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from services import identity, publishing
from services.publishing import PostState
from services.publishing.queries import covers
from tests.makers.accounts import make_channel
from tests.makers.calendar import make_listed
from tests.makers.cast import Cast
from tests.makers.screens import texts
from tests.makers.world import START, World
from tests.pages.calendar.conftest import WEDNESDAY
from tests.pages.screen import Show

NEEDS = {"remote_id": "1", "attempt_id": None}


@pytest.fixture
def posted(world: World, cast: Cast) -> Callable[..., UUID]:
    channel = make_channel(world, cast)
    return lambda state="planned", due=WEDNESDAY, **columns: make_listed(world, cast, channel, due, state, **columns)


def _state(world: World, cast: Cast, post_id: UUID) -> PostState:
    with world.web.tx(cast.ana) as tx:
        return publishing.post_detail(tx, post_id).post.state


def _keys(test: Any) -> set[str]:
    return {button.key for button in test.button}


def test_a_planned_post_is_shown_as_approved_and_can_be_cancelled(
    world: World, cast: Cast, posted: Callable[..., UUID], show: Show
) -> None:
    post_id = posted(title="Cone or cup?")
    test = show(cast.ben, identity.Role.EDITOR, post=str(post_id))
    assert not test.exception
    for words in (
        "Cone or cup?",
        "v1 sealed 3f9a",
        "by Ben",
        "Goes out Wed 25 Nov, 10:00",
        "We churn at five",
        "Practice",
    ):
        assert words in texts(test)
    test.button(key="calendar-post-cancel-yes").click().run()
    assert _state(world, cast, post_id) is PostState.CANCELLED


def test_publish_now_lets_it_go_at_once(world: World, cast: Cast, posted: Callable[..., UUID], show: Show) -> None:
    post_id = posted()
    test = show(cast.ana, post=str(post_id))
    assert "This cannot be taken back." in texts(test)
    test.button(key="calendar-post-now-yes").click().run()
    assert _state(world, cast, post_id) is PostState.DUE


@pytest.mark.parametrize(
    ("state", "kind", "offered", "meaning"),
    [
        ("failed", "refused", {"calendar-post-again", "calendar-post-draft"}, "The platform refused it"),
        ("failed", "gave_up", {"calendar-post-again"}, "as long as makes sense"),
        ("held", "seal", {"calendar-post-draft", "calendar-post-cancel-yes"}, "not what was approved"),
        ("held", "late", {"calendar-post-again", "calendar-post-cancel-yes"}, "Nobody was there"),
        ("held", "rights", {"calendar-post-rights", "calendar-post-again", "calendar-post-cancel-yes"}, "rights"),
        ("publishing", "", set(), "Publishing"),
        ("published", "", set(), "Out since"),
    ],
)
def test_each_state_offers_its_own_next_step(
    cast: Cast, posted: Callable[..., UUID], show: Show, state: str, kind: str, offered: set[str], meaning: str
) -> None:
    post_id = posted(state, START, reason_class=kind, reason="<b>As told</b>" if kind else "")
    test = show(cast.ana, post=str(post_id))
    assert not test.exception
    assert {key for key in _keys(test) if key.startswith("calendar-post-")} == offered
    assert meaning in texts(test)
    assert "<b>As told</b>" not in texts(test)


def test_a_post_whose_channel_lost_its_connection_leads_to_reconnecting(world: World, cast: Cast, show: Show) -> None:
    channel = make_channel(world, cast, state="needs_reconnect")
    post_id = make_listed(world, cast, channel, WEDNESDAY, "held", reason_class="token", reason="Ended")
    test = show(cast.ana, post=str(post_id))
    assert "calendar-post-reconnect" in _keys(test)
    assert "calendar-post-again" not in _keys(test)


def test_an_unconfirmed_post_is_decided_by_a_person(
    world: World, cast: Cast, posted: Callable[..., UUID], show: Show
) -> None:
    post_id = posted("unconfirmed", START, reason_class="unproven", reason="No clear answer at 10:00.")
    test = show(cast.ana, post=str(post_id))
    assert "Is it on Practice Acme?" in texts(test)
    assert "it will be there twice" in texts(test)
    test.button(key="calendar-post-absent-yes").click().run()
    assert _state(world, cast, post_id) is PostState.DUE


def test_a_post_that_the_platform_has_taken_is_publishing_and_nobody_is_asked(
    cast: Cast, posted: Callable[..., UUID], show: Show
) -> None:
    post_id = posted("unconfirmed", START, reason_class="accepted", reason="Processing.", wake_at=START)
    test = show(cast.ana, post=str(post_id))
    assert "Is it on" not in texts(test)
    assert "The platform has it and processes it" in texts(test)
    assert "Unconfirmed" not in texts(test)
    assert {key for key in _keys(test) if key.startswith("calendar-post-")} == set()


@pytest.mark.parametrize(
    ("kind", "offered"),
    [("link", {"calendar-post-draft", "calendar-post-check"}), ("media", {"calendar-post-check"}),
     ("rights", {"calendar-post-rights", "calendar-post-check"}), ("at_risk", {"calendar-post-check"})],
)  # fmt: skip
def test_a_planned_post_at_risk_offers_what_puts_it_right(
    cast: Cast, posted: Callable[..., UUID], show: Show, kind: str, offered: set[str]
) -> None:
    test = show(cast.ana, post=str(posted(reason_class=kind, reason="As told")))
    assert not test.exception
    keys = {"calendar-post-draft", "calendar-post-check", "calendar-post-rights", "calendar-post-again"}
    assert _keys(test) & keys == offered


def test_a_failed_post_is_tried_again(world: World, cast: Cast, posted: Callable[..., UUID], show: Show) -> None:
    post_id = posted("failed", START, reason_class="gave_up", reason="Given up")
    show(cast.ana, post=str(post_id)).button(key="calendar-post-again").click().run()
    assert _state(world, cast, post_id) is PostState.DUE


def test_people_who_only_look_are_offered_nothing(cast: Cast, posted: Callable[..., UUID], show: Show) -> None:
    test = show(cast.vera, identity.Role.VIEWER, post=str(posted()))
    assert "Made this morning" in texts(test)
    assert {key for key in _keys(test) if key.startswith("calendar-post-")} == set()


def test_no_address_that_lets_anybody_upload_is_on_screen(
    world: World, cast: Cast, posted: Callable[..., UUID], show: Show
) -> None:
    secret = "kX9-whoever-has-this-may-upload"
    told = f"PUT https://up.example/?upload_id={secret}&upload_token={secret} was cut"
    post_id = posted("failed", START, reason_class="gave_up", reason=told)
    with world.worker.tx(cast.worker) as tx:
        row = {"id": tx.new_id(), "org": cast.acme, "post": post_id, "now": START, "told": told}
        tx.run(
            "insert into app.attempts (id, org_id, post_id, number, remote, error, started_at) values (%(id)s, "
            "%(org)s, %(post)s, 77, jsonb_build_object('session', %(told)s::text, 'upload_url', %(told)s::text), "
            "%(told)s, %(now)s)",
            row,
        )
        tx.run(
            "insert into app.post_history (org_id, post_id, at, to_state, detail) values (%(org)s, %(post)s, %(now)s, "
            "'failed', %(told)s)",
            row,
        )
    shown = texts(show(cast.ana, post=str(post_id)))
    assert "upload_token=[hidden]" in shown
    assert secret not in shown


def test_a_post_that_is_not_here_says_so(world: World, cast: Cast, posted: Callable[..., UUID], show: Show) -> None:
    posted()
    assert "not here" in texts(show(cast.ana, post=str(world.web.ids.new())))


def test_a_hostile_title_is_shown_as_text(cast: Cast, posted: Callable[..., UUID], show: Show) -> None:
    test = show(cast.ana, post=str(posted(title="<img src=x onerror=alert(1)>")))
    assert "<img src=x" not in texts(test)
    assert "&lt;img src=x" in texts(test)


def test_a_cover_that_was_refused_says_why_beside_the_published_post_and_can_be_tried_again(
    world: World, cast: Cast, posted: Callable[..., UUID], show: Show
) -> None:
    post_id = posted("published")
    with world.worker.tx(cast.worker) as tx:
        covers.put(tx, post_id, "The channel's phone is not confirmed <b>.")
    test = show(cast.ben, identity.Role.EDITOR, post=str(post_id))
    assert "Published; the cover could not be set: The channel&#x27;s phone is not confirmed &lt;b&gt;." in texts(test)
    test.button(key="calendar-post-cover").click().run()
    assert "The cover is being set." in [one.value for one in test.success] + [one.value for one in test.toast]
    with world.worker.admin_tx() as tx:
        args = "select args ->> 'post_id' from queue.procrastinate_jobs where task_name = 'publishing.set_cover'"
        assert tx.value(args, {}) == str(post_id)
    viewer = show(cast.vera, identity.Role.VIEWER, post=str(post_id))
    assert "calendar-post-cover" not in _keys(viewer)
    with world.worker.tx(cast.worker) as tx:
        covers.put(tx, post_id, "")
    assert "cover" not in texts(show(cast.ben, identity.Role.EDITOR, post=str(post_id)))


def test_what_was_approved_is_shown_as_on_a_phone_or_a_desktop(
    posted: Callable[..., UUID], show: Show, cast: Cast
) -> None:
    test = show(cast.ben, identity.Role.EDITOR, post=str(posted()))
    assert "wide" not in texts(test)
    test.segmented_control(key="calendar-preview-width").set_value("desktop").run()
    assert 'class="pv two wide"' in texts(test) and not test.exception
