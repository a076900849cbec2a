"""Making a clip of a draft fit: asked by a person, done by a worker, put in the source's place if it is still there."""

from datetime import timedelta
from uuid import UUID

import psycopg

from services import identity, jobs, media
from services.creative import drafts
from services.creative.clip_models import ClipFix, FixState
from services.creative.errors import ClipFixNotFound, ClipFixOver, PictureGone, WaitsForDecision
from services.creative.queries import clip_fixes as queries
from services.creative.queries import drafts as draft_rows
from services.events import ClipFixAsked, ClipFixEnded
from services.kit.app import App
from services.kit.db import Scope, Tx, json_value
from services.kit.errors import ProviderError, UserError

DEAD_AFTER = timedelta(seconds=60)
_DISK = "There is no room for the clip, or the disk fails. Try again later."
_DEFECT = "Something went wrong on our side. Try again."


class _Stopped(Exception):
    """Somebody asked to cancel."""


def ask_clip_fix(tx: Tx, draft_id: UUID, asset_id: UUID, wanted: media.ClipWanted) -> UUID:
    """
    Have a clip of a post made to fit. Asked twice while it is on its way, the first stands.

    :raises DraftNotFound: no such draft in this organisation
    :raises PictureGone: the draft does not hold this file
    :raises WaitsForDecision: somebody is asked to decide on it as it is
    """
    identity.demand(tx, identity.Act.UPLOAD)
    identity.demand(tx, identity.Act.MAKE)
    now = drafts.draft(tx, draft_id)
    if asset_id not in now.media_ids or media.find_asset(tx, asset_id) is None:
        raise PictureGone("The clip is no longer part of this post.")
    if draft_rows.waits(tx, draft_id):
        raise WaitsForDecision()
    fix_id = tx.new_id()
    row = {"id": fix_id, "org": tx.org_id, "draft": draft_id, "asset": asset_id, "user": tx.user_id, "now": tx.now}
    if queries.insert(tx, row | {"wanted": json_value(wanted.model_dump(mode="json"))}):
        identity.audit(tx, "asked for a clip that fits", "draft", draft_id)
        tx.emit(ClipFixAsked(fix_id))
        return fix_id
    return next(one.id for one in queries.latest(tx, draft_id) if one.asset_id == asset_id)


def clip_fix(tx: Tx, fix_id: UUID) -> ClipFix:
    """:raises ClipFixNotFound: not in this organisation"""
    found = queries.one(tx, fix_id)
    if found is None:
        raise ClipFixNotFound()
    return found


def clip_fixes_of(tx: Tx, draft_id: UUID) -> list[ClipFix]:
    """The latest of each file of a draft."""
    return queries.latest(tx, draft_id)


def cancel_clip_fix(tx: Tx, fix_id: UUID) -> None:
    """
    Stop it; the post stays as it is. A second press a minute later ends one whose worker is gone.

    :raises ClipFixOver: it has ended
    """
    identity.demand(tx, identity.Act.MAKE)
    held = queries.lock(tx, fix_id)
    if held is None:
        raise ClipFixNotFound()
    if held.is_over:
        raise ClipFixOver()
    asked = held.cancel_asked_at
    if held.state is FixState.WAITING or (asked and tx.now - asked > DEAD_AFTER):
        queries.close(tx, fix_id, FixState.CANCELLED)
    else:
        queries.ask_to_cancel(tx, fix_id)


def run_clip_fix(app: App, scope: Scope, fix_id: UUID, told: media.Told) -> None:
    """
    Make the clip and put it in the source's place. Safe to run twice: a second run begins anew, or finds it over.

    Whatever fails ends it, so that another can be asked for; only where the database is away, or another worker has
    taken it over, is it begun anew.

    :param told: hears seconds made and seconds in all
    """
    with app.tx(scope) as tx:
        found = queries.lock(tx, fix_id)
        if found is None or found.is_over:
            return
        queries.mark_running(tx, fix_id)

    def heard(done: float, total: float) -> None:
        with app.tx(scope) as tx:
            if not queries.add_progress(tx, fix_id, done, total):
                raise _Stopped()
        told(done, total)

    try:
        heard(0.0, 0.0)
        made = media.fit_clip(app, scope, found.asset_id, found.wanted, heard, found.created_by)
    except _Stopped:
        _end(app, scope, fix_id, FixState.CANCELLED, None, "")
    except (psycopg.OperationalError, jobs.TakenOver):
        raise
    except (UserError, ProviderError) as error:
        _end(app, scope, fix_id, FixState.FAILED, None, error.sentence)
    except OSError:
        _end(app, scope, fix_id, FixState.FAILED, None, _DISK)
    except Exception:
        _end(app, scope, fix_id, FixState.FAILED, None, _DEFECT)
        raise
    else:
        _end(app, scope, fix_id, FixState.DONE, made.id, "")


def _end(app: App, scope: Scope, fix_id: UUID, state: FixState, made: UUID | None, error: str) -> None:
    with app.tx(scope) as tx:
        held = queries.lock(tx, fix_id)
        if held is None or held.is_over:
            return
        if held.cancel_asked_at and state is FixState.DONE:
            state = FixState.CANCELLED  # asked for while the last piece was stored: the post stays as it is
        if made and state is FixState.DONE:
            error = _place(tx, held, made)
        queries.close(tx, fix_id, state, made=made, error=error)
        if state is not FixState.CANCELLED:
            tx.emit(ClipFixEnded(fix_id))


def _place(tx: Tx, fix: ClipFix, made: UUID) -> str:
    """Put what fits in the source's place; why not, as a sentence, where the draft moved on."""
    held = draft_rows.lock(tx, fix.draft_id)
    if held is None:
        return "The post was archived meanwhile; the clip that fits is in the library."
    if draft_rows.waits(tx, fix.draft_id):
        return "The post waits for a decision, so it was not changed; the clip that fits is in the library."
    if fix.asset_id not in held.media_ids:
        return "The clip was taken out of the post meanwhile; the one that fits is in the library."
    try:
        drafts.replace_media(tx, fix.draft_id, fix.asset_id, made)
    except PictureGone:
        return "A file of the post left the library, so it was not changed; the clip that fits is in the library."
    return ""
