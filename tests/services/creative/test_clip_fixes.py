"""Clips of a post made to fit: asked for, made by a worker, put in place only where the post still wants that."""

from uuid import UUID

import pytest

from services import approvals, creative, identity, media
from services.kit.db import Scope
from tests.makers.cast import Cast
from tests.makers.clips import clip_bytes
from tests.makers.creative import make_post
from tests.makers.media import make_asset
from tests.makers.world import World
from worker.tasks import creative as tasks

SHORT = media.ClipWanted(shape=1.0, seconds_max=1.0)


class _Told:
    """A run's progress; does `at_first` when it hears of the first second."""

    def __init__(self, at_first=lambda: None) -> None:
        self.heard, self._at_first = [], at_first

    def step(self, done: int, total: int | None = None, note: str = "") -> None:
        if done and not any(seen for seen, _ in self.heard):
            self._at_first()
        self.heard.append((done, total))


def _clip(world: World, cast: Cast, seconds: int = 2, **changes) -> media.Asset:
    return make_asset(world, cast.ana, cast.brand, name="cone.mp4", data=clip_bytes(seconds=seconds), **changes)


def _post(world: World, cast: Cast, *files: media.Asset) -> UUID:
    return make_post(world, cast, *files).id


def _ask(world: World, scope: Scope, draft_id: UUID, asset_id: UUID, wanted: media.ClipWanted = SHORT) -> UUID:
    with world.web.tx(scope) as tx:
        return creative.ask_clip_fix(tx, draft_id, asset_id, wanted)


def _see(world: World, cast: Cast, draft_id: UUID, fix_id: UUID) -> tuple[creative.Draft, creative.ClipFix]:
    with world.web.tx(cast.ana) as tx:
        return creative.draft(tx, draft_id), creative.clip_fix(tx, fix_id)


def test_the_clip_that_fits_takes_its_place_and_the_source_stays(world: World, cast: Cast) -> None:
    source = _clip(world, cast, tags=["cone"], alt_text="A cone melts")
    other = make_asset(world, cast.ana, cast.brand)
    draft_id = _post(world, cast, other, source)
    fix_id, progress = _ask(world, cast.ben, draft_id, source.id), _Told()
    tasks.fit_clip(world.worker, cast.acme, fix_id, progress)
    draft, fix = _see(world, cast, draft_id, fix_id)
    assert draft.media_ids == (other.id, fix.made_asset_id) and fix.state is creative.FixState.DONE
    with world.web.tx(cast.ana) as tx:
        made, kept = media.find_asset(tx, fix.made_asset_id), media.find_asset(tx, source.id)
    assert made and kept == source
    assert (made.width, made.height, made.duration_seconds) == (320, 320, 1.0)
    assert (made.original_name, made.tags, made.alt_text) == ("cone fitted.mp4", ("cone",), "A cone melts")
    assert made.created_by == cast.ben.user_id and (1, 1) in progress.heard


def test_asked_twice_it_is_made_once_and_a_second_run_changes_nothing(world: World, cast: Cast) -> None:
    source = _clip(world, cast)
    draft_id = _post(world, cast, source)
    fix_id = _ask(world, cast.ana, draft_id, source.id)
    assert _ask(world, cast.ben, draft_id, source.id) == fix_id
    tasks.fit_clip(world.worker, cast.acme, fix_id, _Told())
    before = _see(world, cast, draft_id, fix_id)
    tasks.fit_clip(world.worker, cast.acme, fix_id, _Told())
    assert _see(world, cast, draft_id, fix_id) == before


def test_a_run_that_died_is_begun_anew(world: World, cast: Cast) -> None:
    source = _clip(world, cast)
    draft_id = _post(world, cast, source)
    fix_id = _ask(world, cast.ana, draft_id, source.id)

    def die() -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        tasks.fit_clip(world.worker, cast.acme, fix_id, _Told(die))
    assert _see(world, cast, draft_id, fix_id)[1].state is creative.FixState.RUNNING
    tasks.fit_clip(world.worker, cast.acme, fix_id, _Told())
    assert _see(world, cast, draft_id, fix_id)[1].state is creative.FixState.DONE


def _takes_out(world: World, cast: Cast, draft_id: UUID) -> None:
    with world.web.tx(cast.ana) as tx:
        creative.choose_media(tx, draft_id, [])


def _archives(world: World, cast: Cast, draft_id: UUID) -> None:
    with world.web.tx(cast.ana) as tx:
        creative.archive_draft(tx, draft_id)


def _asks_to_decide(world: World, cast: Cast, draft_id: UUID) -> None:
    kept = creative.keep_version(world.web, cast.ana, draft_id)
    with world.web.tx(cast.ana) as tx:
        approvals.ask(tx, kept.id)


@pytest.mark.parametrize(
    ("change", "words"), [(_takes_out, "taken out"), (_archives, "archived"), (_asks_to_decide, "waits for a decision")]
)
def test_a_post_that_moved_on_is_not_touched_and_the_clip_stays_in_the_library(
    world: World, cast: Cast, change, words: str
) -> None:
    source = _clip(world, cast)
    draft_id = _post(world, cast, source)
    fix_id = _ask(world, cast.ana, draft_id, source.id)
    tasks.fit_clip(world.worker, cast.acme, fix_id, _Told(lambda: change(world, cast, draft_id)))
    with world.web.tx(cast.ana) as tx:
        fix = creative.clip_fix(tx, fix_id)
        assert fix.made_asset_id and media.find_asset(tx, fix.made_asset_id)
    with world.superuser() as connection:
        (held,) = connection.execute("select media_ids from app.drafts where id = %s", [draft_id]).fetchone()
    assert fix.made_asset_id not in held and words in fix.error


def test_cancelled_midway_nothing_is_made(world: World, cast: Cast) -> None:
    source = _clip(world, cast, seconds=5)
    draft_id = _post(world, cast, source)
    fix_id = _ask(world, cast.ana, draft_id, source.id, media.ClipWanted(shape=1.0))

    def cancel() -> None:
        with world.web.tx(cast.ana) as tx:
            creative.cancel_clip_fix(tx, fix_id)

    progress = _Told(cancel)
    tasks.fit_clip(world.worker, cast.acme, fix_id, progress)
    draft, fix = _see(world, cast, draft_id, fix_id)
    assert fix.state is creative.FixState.CANCELLED and draft.media_ids == (source.id,)
    assert fix.made_asset_id is None and progress.heard[-1][0] < 5
    with pytest.raises(creative.ClipFixOver), world.web.tx(cast.ana) as tx:
        creative.cancel_clip_fix(tx, fix_id)


def test_one_whose_worker_is_gone_ends_with_a_second_press_a_minute_later(world: World, cast: Cast) -> None:
    source = _clip(world, cast)
    draft_id = _post(world, cast, source)
    fix_id = _ask(world, cast.ana, draft_id, source.id)
    with world.superuser() as connection:
        connection.execute("update app.clip_fixes set state = 'running' where id = %s", [fix_id])
    for minutes, state in ((0, "running"), (2, "cancelled")):
        world.clock.move(minutes=minutes)
        with world.web.tx(cast.ana) as tx:
            creative.cancel_clip_fix(tx, fix_id)
        assert _see(world, cast, draft_id, fix_id)[1].state.value == state


def test_a_clip_that_cannot_be_read_any_more_ends_with_a_sentence(world: World, cast: Cast) -> None:
    source = _clip(world, cast)
    draft_id = _post(world, cast, source)
    fix_id = _ask(world, cast.ana, draft_id, source.id)
    world.worker.files.path(source.file_key).write_bytes(clip_bytes(seconds=2)[:900])  # type: ignore[attr-defined]
    tasks.fit_clip(world.worker, cast.acme, fix_id, _Told())
    draft, fix = _see(world, cast, draft_id, fix_id)
    assert fix.state is creative.FixState.FAILED and "damaged" in fix.error and draft.media_ids == (source.id,)
    tasks.tell_clip_fixed(world.worker, cast.acme, fix_id)
    with world.superuser() as connection:
        (title,) = connection.execute(
            "select title from app.notifications where user_id = %s and cause like 'clip/%%'", [cast.ana.user_id]
        ).fetchone()
    assert title == "The clip of “Friday” could not be made to fit"


def test_who_may_not_make_posts_or_belongs_elsewhere_asks_for_nothing(world: World, cast: Cast) -> None:
    source = _clip(world, cast)
    draft_id = _post(world, cast, source)
    fix_id = _ask(world, cast.ana, draft_id, source.id)
    with pytest.raises(identity.RoleTooLow):
        _ask(world, cast.vera, draft_id, source.id)
    with pytest.raises(creative.DraftNotFound):
        _ask(world, cast.cleo, draft_id, source.id)
    with pytest.raises(creative.ClipFixNotFound), world.web.tx(cast.cleo) as tx:
        creative.cancel_clip_fix(tx, fix_id)
    with pytest.raises(creative.PictureGone):
        _ask(world, cast.ana, draft_id, make_asset(world, cast.ana, cast.brand).id)
    _asks_to_decide(world, cast, draft_id)
    with pytest.raises(creative.WaitsForDecision):
        _ask(world, cast.ana, draft_id, source.id)
