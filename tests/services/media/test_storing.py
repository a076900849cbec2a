"""Adding files: one row, one file, one event, or nothing at all."""

from dataclasses import replace
from typing import Any

import psycopg
import pytest

from services import identity, media
from services.kit.crypto import sha256_hex
from services.media import queries
from tests.makers.cast import Cast
from tests.makers.media import fixture, jpeg_bytes, make_asset, png_bytes
from tests.makers.world import World


def _files(world: World, cast: Cast) -> list[str]:
    return world.web.files.list(f"{cast.acme}/")


def test_an_upload_becomes_an_asset_with_its_measures(world: World, cast: Cast) -> None:
    data = fixture("ice-cream.jpg")
    outcome = media.store_upload(world.web, cast.ana, cast.brand, "C:\\photos\\cone.jpg", data, tags=["Summer", "cone"])
    asset = outcome.asset
    assert outcome.result is media.Result.STORED and asset is not None
    assert (asset.original_name, asset.width, asset.height, asset.kind) == ("cone.jpg", 1721, 1721, media.Kind.IMAGE)
    assert asset.tags == ("cone", "summer") and asset.created_by == cast.ana.user_id
    stored = media.asset_bytes(world.web, asset.file_key)
    assert (sha256_hex(stored), len(stored)) == (asset.sha256, asset.size_bytes)
    assert asset.original_sha256 == sha256_hex(data)
    with world.web.tx(cast.ana) as tx:
        assert media.find_asset(tx, asset.id) == asset


def test_the_same_file_again_gives_the_asset_that_is_there(world: World, cast: Cast) -> None:
    first = make_asset(world, cast.ana, cast.brand)
    again = media.store_upload(world.web, cast.ben, cast.brand, "other name.jpg", jpeg_bytes())
    assert (again.result, again.asset) == (media.Result.ALREADY_HERE, first)
    assert _files(world, cast) == [first.file_key]


def test_a_file_whose_notes_are_stripped_is_still_recognised(world: World, cast: Cast) -> None:
    noted = fixture("balloon-small.jpg")
    first = make_asset(world, cast.ana, cast.brand, data=noted)
    assert first.sha256 != first.original_sha256
    again = media.store_upload(world.web, cast.ana, cast.brand, "again.jpg", noted)
    assert (again.result, again.asset) == (media.Result.ALREADY_HERE, first)


def test_two_tabs_adding_one_file_leave_one_asset_and_one_file(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second tab looked before the first had stored."""
    find, looked = queries.find_same, []

    def before_the_other(*asked: Any) -> media.Asset | None:
        looked.append(asked)
        if len(looked) == 1:
            first = media.store_upload(world.web, cast.ana, cast.brand, "a.jpg", jpeg_bytes())
            assert first.result is media.Result.STORED
            return None
        return find(*asked)

    monkeypatch.setattr(queries, "find_same", before_the_other)
    second = media.store_upload(world.web, cast.ana, cast.brand, "a.jpg", jpeg_bytes())
    assert second.result is media.Result.ALREADY_HERE and second.asset is not None
    assert _files(world, cast) == [second.asset.file_key]


def test_a_failed_record_takes_its_file_away(world: World, cast: Cast) -> None:
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        media.store_upload(world.web, cast.ana, world.web.ids.new(), "a.jpg", jpeg_bytes())
    assert _files(world, cast) == []


def test_a_viewer_may_not_add_files(world: World, cast: Cast) -> None:
    with pytest.raises(identity.RoleTooLow):
        make_asset(world, cast.vera, cast.brand)
    assert _files(world, cast) == []


def test_a_hundred_files_give_one_outcome_each(world: World, cast: Cast) -> None:
    files = [(f"{n}.jpg", jpeg_bytes(8 + n, 8)) for n in range(97)]
    files += [("empty.png", b""), ("notes.jpg", b"%PDF-1.7 ..."), ("again.jpg", files[0][1])]
    outcomes = media.store_many(world.web, cast.ana, cast.brand, files)
    assert [one.name for one in outcomes] == [name for name, _ in files]
    assert [one.result for one in outcomes[:97]] == [media.Result.STORED] * 97
    assert outcomes[97].note == "empty.png is empty (0 bytes)."
    assert outcomes[98].note == "notes.jpg is a PDF, not a picture or video we can use."
    assert outcomes[99].result is media.Result.ALREADY_HERE


def test_a_file_over_the_limit_is_refused_with_both_sizes(world: World, cast: Cast) -> None:
    small = replace(world.web, settings=world.web.settings.model_copy(update={"upload_limit_mb": 1}))
    with pytest.raises(media.TooLarge, match=r"big\.jpg has 2 MB; at most 1 MB are accepted\."):
        media.store_upload(small, cast.ana, cast.brand, "big.jpg", jpeg_bytes() + bytes(2_000_000))


def test_a_rendered_ad_is_kept_once(world: World, cast: Cast) -> None:
    first = media.store_rendered(world.worker, cast.worker, cast.brand, "Ad 1:1.jpg", jpeg_bytes(1080, 1080))
    again = media.store_rendered(world.worker, cast.worker, cast.brand, "Ad 1:1.jpg", jpeg_bytes(1080, 1080))
    assert first == again and first.source is media.Source.AD
    assert media.asset_bytes(world.web, first.file_key) == jpeg_bytes(1080, 1080)
    upload = make_asset(world, cast.ana, cast.brand, data=jpeg_bytes(1080, 1080))
    assert upload.id != first.id


def test_storing_queues_the_thumbnail_and_tells_the_audit_log(world: World, cast: Cast) -> None:
    asset = make_asset(world, cast.ana, cast.brand, data=png_bytes())
    with psycopg.connect(world.addresses.admin) as connection:
        jobs = connection.execute(
            "select task_name from queue.procrastinate_jobs where args ->> 'asset_id' = %s", [str(asset.id)]
        ).fetchall()
        told = connection.execute(
            "select act, actor_id from app.audit_log where subject_id = %s", [str(asset.id)]
        ).fetchall()
    assert jobs == [("media.make_thumbnail",)]
    assert told == [("stored", cast.ana.user_id)]


def test_somebody_elsewhere_sees_no_asset(world: World, cast: Cast) -> None:
    asset = make_asset(world, cast.ana, cast.brand)
    for scope in (cast.cleo, cast.nobody):
        with world.web.tx(scope) as tx:
            assert media.find_asset(tx, asset.id) is None
    theirs = media.store_upload(world.web, cast.cleo, None, "picture.jpg", jpeg_bytes())
    assert theirs.result is media.Result.STORED
