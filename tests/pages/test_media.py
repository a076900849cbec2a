"""The media screen: what is shown, found, told and refused."""

import pytest

from pages.parts import shelf
from pages.parts.media_words import length, rights_chip, size
from services import identity, media
from tests.makers.cast import Cast
from tests.makers.media import fixture, jpeg_bytes, make_asset
from tests.makers.media_use import make_use
from tests.makers.screens import texts
from tests.makers.world import START, World
from tests.pages.screen import Show, shows

show = shows("media")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[list[shelf.File]]:
    """The files handed to the shelf, run by run: the test browser draws no components of ours."""
    from pages import media as screen
    from pages.parts.ticks import Picked

    runs: list[list[shelf.File]] = []
    monkeypatch.setattr(screen, "shelf", lambda files, **_: runs.append(list(files)) or Picked(None))
    return runs


def test_an_empty_library_says_what_it_is_for(show: Show, cast: Cast) -> None:
    test = show(cast.ana)
    assert not test.exception
    assert "No files yet" in texts(test)
    assert [button.label for button in test.button] == ["Add files"]


def test_a_viewer_is_offered_nothing_that_changes(
    show: Show, cast: Cast, world: World, drawn: list[list[shelf.File]]
) -> None:
    assert not show(cast.vera, identity.Role.VIEWER).button
    asset = make_asset(world, cast.ana)
    test = show(cast.vera, identity.Role.VIEWER, asset=str(asset.id))
    assert not test.exception
    assert not [button for button in test.button if button.label in ("Add files", "Save")]
    assert "no end recorded" in texts(test)


def test_files_are_shown_with_their_state(show: Show, cast: Cast, world: World, drawn: list[list[shelf.File]]) -> None:
    cone = make_asset(world, cast.ana, name="<b>cone.jpg")
    world.clock.move(seconds=1)
    make_asset(
        world, cast.ana, name="van.mp4", data=fixture("bug_video_640.mp4"), rights_end_on=world.clock.now().date()
    )
    make_use(world, cast, cone)
    test = show(cast.ana)
    assert not test.exception
    van, shown = drawn[-1]
    assert (van.name, van.clip, van.src, van.note) == ("van.mp4", "0:07", "", "unused")
    assert van.badge == ("Ends today", "yellow", "shield")
    assert (shown.name, shown.note, shown.badge) == ("<b>cone.jpg", "×1", None)
    assert shown.src == media.address(world.web, cone.file_key)
    assert "2 files" in texts(test) and "rights of 1 end soon" in texts(test)


def test_filters_stand_in_the_address(show: Show, cast: Cast, world: World, drawn: list[list[shelf.File]]) -> None:
    make_asset(world, cast.ana, name="cone.jpg", tags=["summer"])
    make_asset(world, cast.ana, name="van.jpg", data=jpeg_bytes(11, 11))
    show(cast.ana, **{"media-q": "CONE"})
    assert [file.name for file in drawn[-1]] == ["cone.jpg"]
    show(cast.ana, **{"media-tag": "summer", "media-kind": "Images"})
    assert [file.name for file in drawn[-1]] == ["cone.jpg"]
    show(cast.ana, at="b\x00nonsense", asset="' or 1=1", **{"media-kind": "<script>", "media-sort": "x"})
    assert len(drawn[-1]) == 2


def test_what_matches_nothing_offers_to_clear(
    show: Show, cast: Cast, world: World, drawn: list[list[shelf.File]]
) -> None:
    make_asset(world, cast.ana)
    test = show(cast.ana, **{"media-q": "nothing like it"})
    assert "Nothing matches" in texts(test)
    test.button(key="media-clear-filters").click().run()
    assert not test.exception and len(drawn[-1]) == 1


def test_pages_are_walked_with_next_and_previous(
    show: Show, cast: Cast, world: World, drawn: list[list[shelf.File]]
) -> None:
    for number in range(media.PAGE_SIZE + 2):
        make_asset(world, cast.ana, name=f"{number}.jpg", data=jpeg_bytes(8 + number, 8))
        world.clock.move(seconds=1)
    test = show(cast.ana)
    first = drawn[-1]
    assert len(first) == media.PAGE_SIZE and test.button(key="media-previous").disabled
    test.button(key="media-next").click().run()
    assert [file.name for file in drawn[-1]] == ["1.jpg", "0.jpg"]
    test.button(key="media-previous").click().run()
    assert drawn[-1] == first


def test_the_drawer_shows_one_file_and_saves_it(
    show: Show, cast: Cast, world: World, drawn: list[list[shelf.File]]
) -> None:
    asset = make_asset(world, cast.ana, name="cone.jpg", tags=["summer"])
    make_use(world, cast, asset, review="approved", post="planned")
    test = show(cast.ana, asset=str(asset.id))
    assert not test.exception
    told = texts(test)
    assert "Friday is for sharing" in told and "320 × 240 pixels" in told and asset.sha256[:12] in told
    test.text_area(key=f"media-alt-{asset.id}").set_value("A cone")
    test.button(key=f"media-save-{asset.id}").click().run()
    with world.web.tx(cast.ana) as tx:
        saved = media.find_asset(tx, asset.id)
    assert saved is not None and (saved.alt_text, saved.tags) == ("A cone", ("summer",))


def test_somebody_elsewhere_opens_an_empty_drawer(
    show: Show, cast: Cast, world: World, drawn: list[list[shelf.File]]
) -> None:
    asset = make_asset(world, cast.ana, name="secret.jpg")
    make_asset(world, cast.cleo, name="ours.jpg")
    test = show(cast.cleo, asset=str(asset.id))
    assert "no longer in the library" in texts(test) and "secret" not in texts(test)
    assert [file.name for file in drawn[-1]] == ["ours.jpg"]


def test_sizes_lengths_and_rights_in_words() -> None:
    assert [size(n) for n in (1, 839_600, 3_240_000, 3_240_000_000)] == ["1 kB", "840 kB", "3.2 MB", "3.2 GB"]
    assert [length(n) for n in (None, 0.2, 15.4, 75.0)] == ["", "0:01", "0:15", "1:15"]
    today = START.date()
    assert rights_chip(None, today) is None
    assert rights_chip(today.replace(month=12, day=2), today) == ("Ends in 9 days", "yellow", "shield")
    assert rights_chip(today.replace(day=3), today) == ("Ended 3 Nov", "red", "gpp_bad")
