"""Changing and deleting files, one or many."""

from datetime import date
from uuid import UUID

import psycopg
import pytest

from services import identity, media
from tests.makers.cast import Cast
from tests.makers.media import jpeg_bytes, make_asset
from tests.makers.media_use import make_use
from tests.makers.world import World


def _asset(world: World, cast: Cast, asset_id: UUID) -> media.Asset | None:
    with world.web.tx(cast.ana) as tx:
        return media.find_asset(tx, asset_id)


def test_many_files_change_alike_and_keep_what_was_not_given(world: World, cast: Cast) -> None:
    one = make_asset(world, cast.ana, tags=["old", "kept"], alt_text="A cone")
    two = make_asset(world, cast.ana, data=jpeg_bytes(11, 11))
    edit = media.Edit(add_tags=("New ", "new"), remove_tags=("old",), rights_end_on=date(2027, 1, 31))
    with world.web.tx(cast.ben) as tx:
        assert media.edit_assets(tx, [one.id, two.id, world.web.ids.new()], edit) == 2
    changed = _asset(world, cast, one.id)
    assert changed is not None
    assert (changed.tags, changed.alt_text, changed.rights_end_on) == (("kept", "new"), "A cone", date(2027, 1, 31))
    with world.web.tx(cast.ana) as tx:
        media.edit_asset(tx, one.id, media.Edit(clear_rights_end=True, alt_text=" Two cones "))
    changed = _asset(world, cast, one.id)
    assert changed is not None and (changed.rights_end_on, changed.alt_text) == (None, "Two cones")


def test_what_cannot_be_is_refused(world: World, cast: Cast) -> None:
    asset = make_asset(world, cast.ana)
    for edit, error in (
        (media.Edit(add_tags=("a, b",)), media.TagWrong),
        (media.Edit(add_tags=("x" * 41,)), media.TagWrong),
        (media.Edit(alt_text="x" * 1001), media.AltTextTooLong),
    ):
        with pytest.raises(error), world.web.tx(cast.ana) as tx:
            media.edit_asset(tx, asset.id, edit)
    with pytest.raises(media.AssetMissing), world.web.tx(cast.ana) as tx:
        media.edit_asset(tx, world.web.ids.new(), media.Edit(alt_text="x"))


def test_only_editors_here_change_or_delete(world: World, cast: Cast) -> None:
    asset = make_asset(world, cast.ana)
    for act in (lambda tx: media.edit_asset(tx, asset.id, media.Edit(alt_text="x")), _delete(asset.id)):
        with pytest.raises(identity.RoleTooLow), world.web.tx(cast.vera) as tx:
            act(tx)
    with world.web.tx(cast.cleo) as tx:
        assert media.delete_assets(tx, [asset.id]) == 0
    with pytest.raises(media.AssetMissing), world.web.tx(cast.cleo) as tx:
        media.edit_asset(tx, asset.id, media.Edit(alt_text="x"))
    assert _asset(world, cast, asset.id) == asset


def _delete(asset_id: UUID):  # type: ignore[no-untyped-def]
    return lambda tx: media.delete_assets(tx, [asset_id])


def test_a_deleted_file_is_gone_from_the_library_and_its_bytes_stay(world: World, cast: Cast) -> None:
    asset = make_asset(world, cast.ana)
    with world.web.tx(cast.ana) as tx:
        assert media.delete_assets(tx, [asset.id]) == 1
        assert media.delete_assets(tx, [asset.id]) == 0
        assert media.page(tx).assets == ()
    assert _asset(world, cast, asset.id) is None
    assert media.asset_bytes(world.web, asset.file_key)
    again = media.store_upload(world.web, cast.ana, None, "picture.jpg", jpeg_bytes())
    assert again.result is media.Result.STORED


@pytest.mark.parametrize(
    ("review", "post", "is_busy"),
    [
        (None, None, False),
        ("waiting", None, True),
        ("rejected", None, False),
        ("approved", "planned", True),
        ("approved", "unconfirmed", True),
        ("approved", "published", False),
        ("approved", "cancelled", False),
    ],
)
def test_a_file_in_work_that_waits_or_is_planned_cannot_be_deleted(
    world: World, cast: Cast, review: str | None, post: str | None, is_busy: bool
) -> None:
    asset, free = make_asset(world, cast.ana), make_asset(world, cast.ana, data=jpeg_bytes(12, 12))
    make_use(world, cast, asset, review=review, post=post)
    with world.web.tx(cast.ana) as tx:
        uses = media.where_used(tx, asset.id)
        assert media.count_uses(tx, [asset.id, free.id]) == {asset.id: 1}
    assert [(use.draft_name, use.version_number, use.state, use.is_busy) for use in uses] == [
        ("Friday is for sharing", 1, post or review or "", is_busy)
    ]
    if not is_busy:
        with world.web.tx(cast.ana) as tx:
            assert media.delete_assets(tx, [asset.id]) == 1
        return
    with pytest.raises(media.AssetInUse, match=r"picture\.jpg is used in “Friday is for sharing”"):
        with world.web.tx(cast.ana) as tx:
            media.delete_assets(tx, [free.id, asset.id])
    assert _asset(world, cast, free.id) is not None


def test_a_file_an_ad_is_made_from_counts_as_used(world: World, cast: Cast) -> None:
    asset = make_asset(world, cast.ana)
    make_use(world, cast, asset, as_field=True, review="waiting")
    with world.web.tx(cast.ana) as tx:
        assert [use.is_busy for use in media.where_used(tx, asset.id)] == [True]
    with pytest.raises(media.AssetMissing), world.web.tx(cast.cleo) as tx:
        media.where_used(tx, asset.id)


def test_each_act_is_in_the_audit_log(world: World, cast: Cast) -> None:
    asset = make_asset(world, cast.ana)
    with world.web.tx(cast.ben) as tx:
        media.edit_asset(tx, asset.id, media.Edit(add_tags=("a",)))
        media.delete_assets(tx, [asset.id])
    with psycopg.connect(world.addresses.admin) as connection:
        acts = connection.execute(
            "select act from app.audit_log where subject_id = %s order by id", [str(asset.id)]
        ).fetchall()
    assert acts == [("stored",), ("changed",), ("deleted",)]
