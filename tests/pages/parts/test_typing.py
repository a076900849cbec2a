"""What the browser tells of typing and choosing is checked before it is believed."""

import pytest

from pages.parts import session
from pages.parts.designs import told_design
from pages.parts.writing import told_text


@pytest.mark.parametrize(("told", "heard"), [("Words", "Words"), ("", ""), (None, None), (7, None), (["x"], None)])
def test_only_text_is_taken_as_text(monkeypatch: pytest.MonkeyPatch, told: object, heard: str | None) -> None:
    monkeypatch.setattr(session, "told", lambda key, event: told if event == "text" else None)
    assert told_text("creator-caption") == heard


@pytest.mark.parametrize(("told", "heard"), [("offer", "offer"), ("unknown", None), (3, None), (None, None)])
def test_only_a_design_that_was_drawn_is_chosen(
    monkeypatch: pytest.MonkeyPatch, told: object, heard: str | None
) -> None:
    monkeypatch.setattr(session, "told", lambda key, event: told if event == "open" else None)
    assert told_design("creator-designs", {"headline", "offer"}) == heard
