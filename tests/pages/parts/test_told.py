"""The browser can tell anything; only what was drawn is heard."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from pages.parts import month as months
from pages.parts import runs as tables
from pages.parts import session, ticks
from pages.parts import wall as walls
from pages.parts.base import WEB, base_css, common_js, one_of

TODAY = date(2026, 11, 20)
POSTS = {
    date(2026, 11, 20): [months.Post(str(n), "facebook", "planned", "09:00", "Post") for n in range(5)],
    date(2026, 11, 19): [months.Post("out", "facebook", "published", "09:00", "Out")],
}
Telling = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def telling(monkeypatch: pytest.MonkeyPatch) -> Telling:
    """Stands for the browser: `telling(moved=...)` answers the next drawing and keeps what was drawn."""

    def answer(**told: object) -> list[dict[str, Any]]:
        drawn: list[dict[str, Any]] = []

        def mount(name: str, data: dict[str, Any], *, key: str, events: dict[str, Any]) -> SimpleNamespace:
            drawn.append(data)
            return SimpleNamespace(**(dict.fromkeys(events) | told))

        for module in (months, tables, walls):
            monkeypatch.setattr(module, "mount", mount)
        return drawn

    return answer


def _month(**rights: bool) -> months.MonthTold:
    return months.month(2026, 11, POSTS, today=TODAY, key="m", **rights)


def test_a_post_moved_to_a_day_on_screen_is_heard(telling: Telling) -> None:
    telling(moved={"id": "3", "date": "2026-11-26"})
    assert _month().moved == months.Moved("3", date(2026, 11, 26))


@pytest.mark.parametrize(
    "told",
    [
        {"id": "out", "date": "2026-11-26"},
        {"id": "unknown", "date": "2026-11-26"},
        {"id": "3", "date": "2026-11-19"},
        {"id": "3", "date": "2027-06-01"},
        {"id": "3", "date": "x"},
        {"id": ["3"], "date": None},
        "3",
    ],
)
def test_a_move_that_could_not_be_made_on_screen_is_not_heard(telling: Telling, told: object) -> None:
    telling(moved=told)
    assert _month().moved is None


def test_people_who_only_look_move_nothing(telling: Telling) -> None:
    drawn = telling(moved={"id": "3", "date": "2026-11-26"})
    assert _month(may_move=False).moved is None
    assert all(post["locked"] for day in drawn[0]["days"] for post in day["posts"])


def test_a_full_day_shows_two_posts_and_counts_the_rest(telling: Telling) -> None:
    drawn = telling()
    _month()
    full = next(day for day in drawn[0]["days"] if day["today"])
    assert (len(full["posts"]), full["more"], full["count"]) == (2, 3, 5)
    assert [day["date"] for day in drawn[0]["days"]][::41] == ["2026-10-26", "2026-12-06"]


def test_a_job_offers_only_its_own_acts(telling: Telling) -> None:
    job = tables.Job("j", "Job", "", ("On", "green", ""), acts=(tables.RunAct("run", "play_arrow", "Run"),))
    telling(act={"act": "run", "id": "j"}, open="j")
    assert tables.runs([job], key="r") == tables.RunsTold("j", ("run", "j"))
    telling(act={"act": "cancel", "id": "j"}, open="other")
    assert tables.runs([job], key="r") == tables.RunsTold(None, None)
    telling(act={"act": ["run"], "id": {}}, open=7)
    assert tables.runs([job], key="r") == tables.RunsTold(None, None)


def test_an_ad_without_a_headline_speaks_with_its_first_sentence(telling: Telling) -> None:
    drawn = telling(act={"act": "save", "id": "2"})
    ads = [walls.Ad("1", "Acme", body="Half the sugar. All of it."), walls.Ad("2", "Acme", body="x" * 200)]
    told = walls.wall(ads, key="w", acts=[walls.WallAct("save", "bookmark", "Save")])
    assert told.act == ("save", "2")
    assert [(ad["headline"], ad["body"]) for ad in drawn[0]["ads"]] == [
        ("Half the sugar.", "All of it."),
        ("", "x" * 200),
    ]


def test_ticks_outside_the_screen_are_not_acted_on(monkeypatch: pytest.MonkeyPatch) -> None:
    told = SimpleNamespace(picked={"ids": ["a", "b", "a", 7], "turn": 3})
    monkeypatch.setattr(session.st, "session_state", {"files": told})
    ticks.remember_ticks("files")()
    assert ticks.ticked("files", {"a", "c"}) == ("a",)
    assert ticks.turn_of("files") == 3
    ticks.clear_ticks("files")
    assert ticks.ticked("files", {"a", "b"}) == ()


def test_only_known_words_are_heard() -> None:
    assert one_of("a", {"a"}) == "a"
    assert one_of("b", {"a"}) is one_of(["a"], {"a"}) is one_of(None, {"a"}) is None


def test_components_write_text_and_never_markup() -> None:
    for script in (common_js(), *(one.read_text() for one in WEB.glob("*.js"))):
        assert "innerHTML" not in script
        assert "insertAdjacentHTML" not in script
        assert "document.write" not in script
    assert '.chip[data-t="red"]' in base_css()
