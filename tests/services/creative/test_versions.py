"""Versions: drawn once, stored, never changed."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import psycopg
import pytest
from PIL import Image

from services import creative, identity, media
from services.kit.crypto import sha256_hex
from tests.makers.cast import Cast
from tests.makers.creative import make_draft, make_version
from tests.makers.world import World


def test_a_version_holds_four_pictures_whose_stored_bytes_have_the_hash_it_names(world: World, cast: Cast) -> None:
    kept = make_version(world, cast)
    assert [placed.placement for placed in kept.media] == ["square", "feed", "story", "link"]
    for placed in kept.media:
        stored = media.asset_bytes(world.web, placed.file_key)
        assert sha256_hex(stored) == placed.sha256
        assert Image.open(BytesIO(stored)).size == (placed.width, placed.height)
    assert kept.number == 1


def test_an_unchanged_draft_gives_its_newest_version_back(world: World, cast: Cast) -> None:
    kept = make_version(world, cast)
    assert creative.keep_version(world.web, cast.ben, kept.draft_id) == kept


def test_a_word_more_is_a_new_version_and_the_old_one_stays(world: World, cast: Cast) -> None:
    kept = make_version(world, cast)
    with world.web.tx(cast.ana) as tx:
        creative.save_draft(tx, kept.draft_id, {"headline": "Made at five."})
    second = creative.keep_version(world.web, cast.ana, kept.draft_id)
    with world.web.tx(cast.ana) as tx:
        assert creative.versions_of(tx, kept.draft_id) == [second, kept]
        assert creative.version_before(tx, second) == kept
    assert second.number == 2
    assert second.picture("feed") != kept.picture("feed")


def test_a_new_brand_colour_is_a_new_version(world: World, cast: Cast) -> None:
    kept = make_version(world, cast)
    with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        connection.execute("update app.brands set colours = '{#0A6A55}' where id = %s", [cast.brand])
    assert creative.keep_version(world.web, cast.ana, kept.draft_id).number == 2


@pytest.mark.parametrize("missing", ["headline", "picture", "caption", "alt_text"])
def test_an_incomplete_ad_is_not_kept_and_the_sentence_says_what_is_missing(
    world: World, cast: Cast, missing: str
) -> None:
    made = make_draft(world, cast, **{missing: ""})
    label = {"headline": "Headline", "picture": "Picture", "caption": "Caption", "alt_text": "Alt text"}[missing]
    with pytest.raises(creative.NotReady, match=f"Still empty: {label}"):
        creative.keep_version(world.web, cast.ana, made.id)


def test_a_picture_that_left_the_library_is_refused_by_name(world: World, cast: Cast) -> None:
    made = make_draft(world, cast)
    with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        connection.execute("update app.assets set deleted_at = now() where id = %s", [made.fields["picture"]])
    with pytest.raises(creative.PictureGone, match="Picture"):
        creative.keep_version(world.web, cast.ana, made.id)


class _TypesMeanwhile:
    """Files that, while the first picture is stored, let somebody else type."""

    def __init__(self, world: World, cast: Cast, draft_id: Any) -> None:
        self._files, self._world, self._cast, self._draft_id = world.web.files, world, cast, draft_id

    def put(self, *given: Any) -> Any:
        with self._world.web.tx(self._cast.ben) as tx:
            creative.save_draft(tx, self._draft_id, caption="Changed meanwhile.")
        return self._files.put(*given)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._files, name)


def test_typing_while_it_is_drawn_refuses_instead_of_keeping_a_mixture(world: World, cast: Cast) -> None:
    made = make_draft(world, cast)
    slow = replace(world.web, files=_TypesMeanwhile(world, cast, made.id))
    with pytest.raises(creative.ChangedMeanwhile):
        creative.keep_version(slow, cast.ana, made.id)
    with world.web.tx(cast.ana) as tx:
        assert creative.versions_of(tx, made.id) == []


@pytest.mark.parametrize("side", ["web", "worker"])
@pytest.mark.parametrize(
    "statement", ["update app.draft_versions set caption = 'x' where id = %(id)s", "delete from app.draft_versions"]
)
def test_the_database_lets_nobody_change_or_delete_a_version(
    world: World, cast: Cast, side: str, statement: str
) -> None:
    kept = make_version(world, cast)
    app, scope = (world.web, cast.ana) if side == "web" else (world.worker, cast.worker)
    with pytest.raises(psycopg.errors.InsufficientPrivilege), app.tx(scope) as tx:
        tx.run(statement, {"id": kept.id})  # type: ignore[arg-type]
    with pytest.raises(psycopg.errors.InsufficientPrivilege), world.worker.admin_tx() as tx:
        tx.run(statement, {"id": kept.id})  # type: ignore[arg-type]


def test_a_restored_version_brings_its_words_back_and_drops_later_ones(world: World, cast: Cast) -> None:
    kept = make_version(world, cast)
    with world.web.tx(cast.ana) as tx:
        creative.save_draft(tx, kept.draft_id, {"subline": "Later"}, template="photo", caption="Later")
        creative.restore_version(tx, kept.id)
        now = creative.draft(tx, kept.draft_id)
        assert (now.template, now.caption, now.fields["subline"]) == ("headline", kept.caption, "")
        assert creative.is_same(now, kept)
    assert creative.keep_version(world.web, cast.ana, kept.draft_id) == kept


def test_a_viewer_keeps_no_version_and_cleo_sees_none(world: World, cast: Cast) -> None:
    kept = make_version(world, cast)
    with pytest.raises(identity.RoleTooLow):
        creative.keep_version(world.web, cast.vera, kept.draft_id)
    with pytest.raises(creative.DraftNotFound):
        creative.keep_version(world.web, cast.cleo, kept.draft_id)
    with world.web.tx(cast.cleo) as tx:
        assert creative.versions_of(tx, kept.draft_id) == []
        with pytest.raises(creative.VersionNotFound):
            creative.version(tx, kept.id)


def test_a_preview_shows_what_the_full_size_shows(world: World, cast: Cast) -> None:
    made = make_draft(world, cast)
    with world.web.tx(cast.ana) as tx:
        brief = creative.brief_of(tx, made)
    small = creative.draw_previews(world.web, brief, {creative.Placement.FEED: 270})[creative.Placement.FEED]
    assert (small.width, small.height) == (270, 338)
    assert [warning.code for warning in small.warnings] == []
