"""What a person is told after an act, and what is let through."""

from datetime import UTC, datetime

import pytest

from pages.parts import notices, session
from services.kit.errors import Conflict, Unavailable

NOW = datetime(2026, 11, 20, 10, 12, tzinfo=UTC)


class AlreadyDecided(Conflict):
    """Somebody decided this version before you."""


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A session of its own, and what was said in it."""
    said: list[str] = []
    monkeypatch.setattr(session.st, "session_state", {})
    monkeypatch.setattr(notices.st, "toast", lambda text, **_: said.append(f"toast {text}"))
    monkeypatch.setattr(notices.st, "error", lambda text, **_: said.append(f"error {text}"))
    return said


def test_success_waits_for_the_end_of_a_run(told: list[str]) -> None:
    with notices.notices("Approved"):
        assert told == []
    assert told == []
    notices.show_notices()
    assert told == ["toast Approved"]
    notices.show_notices()
    assert told == ["toast Approved"]


def test_a_refusal_is_told_where_it_happens_and_nothing_is_claimed(told: list[str]) -> None:
    with notices.notices("Approved"):
        raise AlreadyDecided
    notices.show_notices()
    assert told == ["error Somebody decided this version before you."]


def test_a_refusal_in_a_callback_waits_too(told: list[str]) -> None:
    with notices.notices("Approved", quiet_error=True):
        raise AlreadyDecided("Ben decided at 09:12")
    notices.show_notices()
    assert told == ["toast Ben decided at 09:12"]


@pytest.mark.parametrize("error", [Unavailable("no answer"), ValueError("a bug")])
def test_everything_else_is_let_through(error: Exception) -> None:
    with pytest.raises(type(error)), notices.notices("Approved"):
        raise error


def test_names_from_outside_are_shown_as_written(told: list[str]) -> None:
    notices.tell("Deleted **x** [a](https://b) :red[c] `d` <e> $f$\n# g")
    notices.show_notices()
    assert told == [r"toast Deleted \*\*x\*\* \[a\](https://b) \:red\[c\] \`d\` \<e\> \$f\$ # g"]


def test_a_page_can_forget_everything_of_its_own() -> None:
    mine, other = session.Slot("media", "current", ""), session.Slot("home", "current", "")
    session.put(mine, "a")
    session.put(other, "b")
    session.forget("media")
    assert (session.get(mine), session.get(other)) == ("", "b")
    assert session.pop(other) == "b"
    assert session.get(other) == ""
