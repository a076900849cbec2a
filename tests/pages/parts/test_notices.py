"""What a person is told after an act, and what is let through."""

import time
from contextlib import nullcontext
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


def _drawn(monkeypatch: pytest.MonkeyPatch, after: float) -> tuple[str, list[str]]:
    """What the end of a run draws so many seconds after an act that can be taken back; then somebody presses Undo."""
    now, drawn, taken = [100.0], [], []
    monkeypatch.setattr(notices.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(notices.st, "html", drawn.append)
    monkeypatch.setattr(notices, "html", lambda text, **_: drawn.append(text))
    monkeypatch.setattr(notices.st, "button", lambda label, **_: drawn.append(label))
    monkeypatch.setattr(notices.st, "container", lambda **_: nullcontext())
    monkeypatch.setattr(notices.st, "bottom", nullcontext())
    with notices.notices("Moved", undo=lambda: taken.append("back")):
        pass
    now[0] += after
    notices.show_notices()
    notices._take_back()
    return " ".join(drawn), taken


def test_an_undo_is_offered_for_ten_seconds_which_the_browser_counts_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn, taken = _drawn(monkeypatch, 9.9)
    assert "0s 10s forwards!important" in drawn and "Undo" in drawn and taken == ["back"]
    assert _drawn(monkeypatch, 10.1) == ("", [])


def test_each_offer_counts_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    names = []
    for after in (1.0, 2.0):
        monkeypatch.setattr(notices, "UNDO_SECONDS", 10 + after)  # the clock of the second act is a later one
        names.append(_drawn(monkeypatch, 0)[0].partition("animation:")[2].partition(" ")[0])
    assert names[0] != names[1]


def test_a_press_that_comes_too_late_is_told_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, told: list[str]
) -> None:
    taken: list[str] = []
    for ends, outcome in ((-0.5, ["back"]), (-3.0, ["back"])):
        session.put(notices._UNDO, notices.Undo("Moved", lambda: taken.append("back"), time.monotonic() + ends))
        notices._take_back()
        assert taken == outcome
    notices.show_notices()
    assert "toast That was too late to take back. It stays done." in told


def test_a_page_can_forget_everything_of_its_own() -> None:
    mine, other = session.Slot("media", "current", ""), session.Slot("home", "current", "")
    session.put(mine, "a")
    session.put(other, "b")
    session.forget("media")
    assert (session.get(mine), session.get(other)) == ("", "b")
    assert session.pop(other) == "b"
    assert session.get(other) == ""
