"""Cached reads: each scope has its own, and what they show is what is stored."""

from collections.abc import Iterator

import pytest
import streamlit as st

from pages.parts import reads
from services import creative, wiring
from services.kit.db import Scope
from services.kit.files import FileMissing
from tests.makers.cast import Cast
from tests.makers.creative import make_draft, make_version
from tests.makers.world import World

FEED = ((creative.Placement.FEED, 200),)


@pytest.fixture
def drawn(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The briefs that were really drawn, by name of the brand."""
    found: list[str] = []
    draw = creative.draw_previews

    def noted(app: object, brief: creative.Brief, widths: object) -> object:
        found.append(brief.style.name)
        return draw(app, brief, widths)  # type: ignore[arg-type]

    st.cache_data.clear()
    wiring.use(world.web)
    monkeypatch.setattr(creative, "draw_previews", noted)
    yield found
    wiring.use(None)


def _brief(world: World, scope: Scope, draft: creative.Draft) -> creative.Brief:
    with world.web.tx(scope) as tx:
        return creative.brief_of(tx, draft)


def test_a_preview_is_drawn_once_for_the_same_words_and_again_for_others(
    world: World, cast: Cast, drawn: list[str]
) -> None:
    made = make_draft(world, cast)
    brief = _brief(world, cast.ana, made)
    first = reads.previews(cast.ana, brief, FEED)
    assert reads.previews(cast.ana, brief, FEED) == first
    assert len(drawn) == 1
    other = brief.model_copy(update={"fields": brief.fields | {"headline": "Another"}})
    assert reads.previews(cast.ana, other, FEED) != first
    assert len(drawn) == 2


def test_nobody_is_handed_what_was_drawn_in_another_scope(world: World, cast: Cast, drawn: list[str]) -> None:
    brief = _brief(world, cast.ana, make_draft(world, cast))
    reads.previews(cast.ana, brief, FEED)
    reads.previews(cast.cleo, brief, FEED)
    assert len(drawn) == 2


def test_the_safe_box_is_told_in_percent_of_the_picture(world: World, cast: Cast, drawn: list[str]) -> None:
    brief = _brief(world, cast.ana, make_draft(world, cast))
    one = reads.previews(cast.ana, brief, ((creative.Placement.STORY, 270),))[creative.Placement.STORY]
    assert one.ratio == pytest.approx(9 / 16, abs=0.01)
    assert one.safe == pytest.approx((6, 14, 6, 35), abs=0.6)
    assert one.src.startswith("data:image/jpeg;base64,")


def test_a_picture_whose_file_is_gone_is_refused_and_not_remembered(world: World, cast: Cast, drawn: list[str]) -> None:
    brief = _brief(world, cast.ana, make_draft(world, cast))
    (key,) = brief.picture_keys.values()
    path = world.web.files.path(key)  # type: ignore[attr-defined]
    content = path.read_bytes()
    path.unlink()
    with pytest.raises(FileMissing):
        reads.previews(cast.ana, brief, FEED)
    path.write_bytes(content)
    assert reads.previews(cast.ana, brief, FEED)


def test_stored_pictures_are_compared_with_their_hashes(world: World, cast: Cast, drawn: list[str]) -> None:
    kept = make_version(world, cast)
    pictures = tuple((one.file_key, one.sha256) for one in kept.media)
    assert reads.are_intact(cast.ana, pictures)
    assert not reads.are_intact(cast.ana, (*pictures[:1], (pictures[1][0], "0" * 64)))
    world.web.files.path(pictures[0][0]).unlink()  # type: ignore[attr-defined]
    assert not reads.are_intact(cast.ben, pictures)
