"""The bell: told once, read once, and never across people or organisations."""

import psycopg
import pytest

from services import notifications
from services.kit.errors import NotFound
from tests.makers.cast import Cast
from tests.makers.notices import say
from tests.makers.world import World


def _tell(world: World, cast: Cast, cause: str = "post/1/failed", **changes: object) -> int:
    with world.worker.tx(cast.worker) as tx:
        return notifications.tell(
            tx,
            **{"kind": "post", "tone": "red", "title": "Refused", "link": "/calendar", "cause": cause, **changes},  # type: ignore[arg-type]
        )


def test_everybody_who_can_act_is_told_once(world: World, cast: Cast) -> None:
    assert _tell(world, cast) == 2
    assert _tell(world, cast) == 0
    counts = {}
    for name in ("ana", "ben", "vera", "cleo"):
        with world.web.tx(getattr(cast, name)) as tx:
            counts[name] = notifications.unread(tx)
    assert counts == {"ana": 1, "ben": 1, "vera": 0, "cleo": 0}


def test_opening_a_notice_marks_it_read_for_one_person_only(world: World, cast: Cast) -> None:
    _tell(world, cast)
    with world.web.tx(cast.ana) as tx:
        notice = notifications.notices(tx)[0]
        notifications.open_notice(tx, notice.id)
        assert notifications.unread(tx) == 0
    with world.web.tx(cast.ben) as tx:
        assert notifications.unread(tx) == 1
        with pytest.raises(NotFound):
            notifications.open_notice(tx, notice.id)


def test_reading_all_leaves_nothing_unread(world: World, cast: Cast) -> None:
    for number in range(3):
        _tell(world, cast, cause=f"post/{number}")
    with world.web.tx(cast.ben) as tx:
        assert len(notifications.read_all(tx)) == 3
        assert notifications.unread(tx) == 0


def test_only_named_people_are_told_where_the_matter_is_theirs(world: World, cast: Cast) -> None:
    assert cast.ben.user_id is not None
    assert _tell(world, cast, only=[cast.ben.user_id]) == 1


@pytest.mark.parametrize("link", ["https://evil.example", "//evil.example", "javascript:alert(1)"])
def test_a_notice_never_leads_away_from_us(world: World, cast: Cast, link: str) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        _tell(world, cast, link=link)


def test_what_a_platform_said_is_told_without_its_secrets(world: World, cast: Cast) -> None:
    say(world, cast, "post/1/failed", title="Refused", body="See https://x.example/?access_token=abcdef")
    with world.web.tx(cast.ana) as tx:
        (notice,) = notifications.notices(tx)
    assert notice.body == "See https://x.example/?access_token=[hidden]"
