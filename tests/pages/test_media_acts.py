"""Adding, tagging and deleting on the media screen."""

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import BinaryIO

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import media_bulk, media_upload
from services import media
from services.kit.app import App
from services.kit.db import Scope
from services.kit.disk import told_when_full
from services.kit.files import StoredFile
from services.media.stores.folder import FolderStore
from tests.makers.cast import Cast
from tests.makers.media import jpeg_bytes, make_asset, png_bytes
from tests.makers.media_use import make_use
from tests.makers.screens import texts
from tests.makers.world import World
from tests.pages.screen import showing


@pytest.fixture
def at_ana(world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parts act as Ana."""
    for part in (media_upload, media_bulk):
        monkeypatch.setattr(part, "doors", _Doors(world.web, cast.ana))


class _Doors:
    def __init__(self, app: App, scope: Scope) -> None:
        self.app: Callable[[], App] = lambda: app
        self.scope: Callable[[], Scope] = lambda: scope


def _upload(brands: list[tuple[str, object]]) -> None:
    from pages.parts import media_upload

    media_upload.upload(brands)  # type: ignore[arg-type]


def _bulk(dialog: str, ids: list[str]) -> None:
    from uuid import UUID

    from pages.parts import media_bulk, notices

    {"tag": media_bulk._tag, "rights": media_bulk._rights, "delete": media_bulk._delete}[dialog](
        [UUID(one) for one in ids], "media-shelf"
    )
    notices.show_notices()


def _all(world: World, cast: Cast) -> list[media.Asset]:
    with world.web.tx(cast.ana) as tx:
        return list(media.page(tx).assets)


@pytest.mark.usefixtures("at_ana")
def test_dropped_files_are_stored_at_once_and_told_one_by_one(world: World, cast: Cast) -> None:
    make_asset(world, cast.ana, cast.brand)
    test = AppTest.from_function(_upload, args=([("Acme", cast.brand)],), default_timeout=30).run()
    dropped = [("a.jpg", jpeg_bytes()), ("b.png", png_bytes()), ("<i>c.gif", b"%PDF")]
    test.file_uploader[0].set_value([(name, data, "x/y") for name, data in dropped])
    test.run()
    assert not test.exception
    told = texts(test)
    assert "1 added · 1 already here · 1 refused" in told
    assert "&lt;i&gt;c.gif is a PDF, not a picture or video we can use." in told
    stored = {(asset.original_name, asset.brand_id) for asset in _all(world, cast)}
    assert stored == {("picture.jpg", cast.brand), ("b.png", cast.brand)}


class _Full(FolderStore):
    """A store whose disk has no room left."""

    def put(self, key: str, data: BinaryIO, content_type: str) -> StoredFile:
        with told_when_full():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_on_a_full_disk_the_screen_says_so_of_each_file_and_takes_them_once_there_is_room(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = _Full(world.web.settings.loopdesk_data / "files", "", world.web.signer, world.clock)
    dropped = [("a.jpg", jpeg_bytes(), "image/jpeg"), ("b.png", png_bytes(), "image/png")]
    for files, told in ((store, "0 added · 2 refused"), (world.web.files, "2 added")):
        with showing(replace(world, web=replace(world.web, files=files)), "media", monkeypatch) as show:
            test = show(cast.ana)
            for _ in range(2):  # the test browser draws a dialog only in the run that opens it
                next(button for button in test.button if button.label == "Add files").click()
                if test.file_uploader:
                    test.file_uploader[0].set_value(dropped)
                test.run()
            assert not test.exception
            assert told in texts(test)
            said = "The disk of this installation is full. Nothing of this was kept; try again once there is room."
            assert texts(test).count(said) == (2 if files is store else 0)
            assert len(_all(world, cast)) == (0 if files is store else 2)


@pytest.mark.usefixtures("at_ana")
def test_with_two_brands_a_person_chooses_whose_files_they_are(world: World, cast: Cast) -> None:
    both = [("Acme", cast.brand), ("Acme Kids", world.web.ids.new())]
    assert not AppTest.from_function(_upload, args=(both[:1],)).run().selectbox
    assert AppTest.from_function(_upload, args=(both,)).run().selectbox[0].options == ["Acme", "Acme Kids"]


@pytest.mark.usefixtures("at_ana")
def test_ticked_files_are_tagged_and_get_their_end_of_rights(world: World, cast: Cast) -> None:
    ids = [str(make_asset(world, cast.ana, data=jpeg_bytes(9 + n, 9)).id) for n in range(2)]
    test = AppTest.from_function(_bulk, args=("rights", ids)).run()
    test.date_input(key="media-bulk-ends").set_value(date(2027, 1, 31))
    test.button(key="media-bulk-rights-ok").click().run()
    assert not test.exception
    make_asset(world, cast.ana, data=jpeg_bytes(30, 30), tags=["summer"])
    test = AppTest.from_function(_bulk, args=("tag", ids)).run()
    test.multiselect(key="media-bulk-tags").set_value(["summer"]).run()
    test.button(key="media-bulk-tag-ok").click().run()
    changed = [asset for asset in _all(world, cast) if str(asset.id) in ids]
    assert [(asset.tags, asset.rights_end_on) for asset in changed] == [(("summer",), date(2027, 1, 31))] * 2


@pytest.mark.usefixtures("at_ana")
def test_a_file_in_use_is_kept_and_the_reason_told(world: World, cast: Cast) -> None:
    used, free = make_asset(world, cast.ana), make_asset(world, cast.ana, data=jpeg_bytes(9, 9))
    make_use(world, cast, used, review="waiting")
    test = AppTest.from_function(_bulk, args=("delete", [str(used.id), str(free.id)])).run()
    test.button(key="media-bulk-delete-ok").click().run()
    assert "waits for a decision" in test.error[0].value
    assert len(_all(world, cast)) == 2
    test = AppTest.from_function(_bulk, args=("delete", [str(free.id)])).run()
    test.button(key="media-bulk-delete-ok").click().run()
    assert [asset.id for asset in _all(world, cast)] == [used.id]
