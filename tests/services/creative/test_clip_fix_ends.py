"""Whatever happens while a clip is made to fit, it ends with a sentence, and another can be asked for."""

from pathlib import Path

import pytest

from services import creative, jobs, media
from services.kit.errors import Unavailable
from tests.makers.cast import Cast
from tests.makers.media import make_asset
from tests.makers.world import World
from tests.services.creative.test_clip_fixes import _ask, _clip, _post, _see, _Told
from worker.tasks import creative as tasks


def test_another_file_of_the_post_that_left_the_library_leaves_the_post_as_it_is(world: World, cast: Cast) -> None:
    source, other = _clip(world, cast), make_asset(world, cast.ana, cast.brand)
    draft_id = _post(world, cast, source, other)
    fix_id = _ask(world, cast.ana, draft_id, source.id)
    with world.superuser() as connection:
        connection.execute("delete from app.assets where id = %s", [other.id])
    tasks.fit_clip(world.worker, cast.acme, fix_id, _Told())
    draft, fix = _see(world, cast, draft_id, fix_id)
    assert fix.state is creative.FixState.DONE and fix.made_asset_id not in draft.media_ids
    assert "library" in fix.error


@pytest.mark.parametrize("error", [Unavailable("The store does not answer."), OSError(28, "No space left on device")])
def test_a_store_or_a_disk_that_fails_ends_it_and_another_may_be_asked_for(
    world: World, cast: Cast, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = _clip(world, cast)
    draft_id = _post(world, cast, source)
    fix_id = _ask(world, cast.ana, draft_id, source.id)

    def fails(*_args: object) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(world.worker.files, "open", fails)
        tasks.fit_clip(world.worker, cast.acme, fix_id, _Told())
    _draft, fix = _see(world, cast, draft_id, fix_id)
    assert fix.state is creative.FixState.FAILED and fix.error
    again = _ask(world, cast.ana, draft_id, source.id)
    assert again != fix_id
    tasks.fit_clip(world.worker, cast.acme, again, _Told())
    assert _see(world, cast, draft_id, again)[1].state is creative.FixState.DONE


def test_a_defect_of_ours_ends_it_too_and_is_told_as_one(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = _clip(world, cast)
    draft_id = _post(world, cast, source)
    fix_id = _ask(world, cast.ana, draft_id, source.id)

    def broken(*_args: object) -> media.Asset:
        raise KeyError(Path("x"))

    monkeypatch.setattr(media, "fit_clip", broken)
    with pytest.raises(KeyError):
        tasks.fit_clip(world.worker, cast.acme, fix_id, _Told())
    assert _see(world, cast, draft_id, fix_id)[1].state is creative.FixState.FAILED


def test_a_worker_that_was_given_up_leaves_it_to_the_one_that_has_it_now(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = _clip(world, cast)
    draft_id = _post(world, cast, source)
    fix_id = _ask(world, cast.ana, draft_id, source.id)

    def taken_over(*_args: object) -> media.Asset:
        raise jobs.TakenOver()

    with monkeypatch.context() as patch:
        patch.setattr(media, "fit_clip", taken_over)
        with pytest.raises(jobs.TakenOver):
            tasks.fit_clip(world.worker, cast.acme, fix_id, _Told())
    assert _see(world, cast, draft_id, fix_id)[1].state is creative.FixState.RUNNING
