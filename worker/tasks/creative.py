"""Jobs about ads and posts that are being made."""

from contextlib import suppress
from uuid import UUID

from services import creative, notifications
from services.jobs import Progress
from services.kit.app import App
from services.kit.db import Scope
from services.kit.errors import NotFound


def fit_clip(app: App, org_id: UUID, fix_id: UUID, progress: Progress) -> None:
    def told(done: float, total: float) -> None:
        progress.step(int(done), int(total) or None, "seconds of the clip")

    creative.run_clip_fix(app, Scope(org_id), fix_id, told)


def tell_clip_fixed(app: App, org_id: UUID, fix_id: UUID) -> None:
    """Who asked for it: it takes longer than anybody waits."""
    with suppress(NotFound), app.tx(Scope(org_id)) as tx:
        fix = creative.clip_fix(tx, fix_id)
        draft = creative.draft(tx, fix.draft_id)
        is_made = fix.state is creative.FixState.DONE
        notifications.tell(
            tx,
            kind="post",
            tone="green" if is_made and not fix.error else "orange",
            title=f"The clip of “{draft.name}” {'fits now' if is_made else 'could not be made to fit'}",
            body=fix.error,
            link=f"/creator?draft={fix.draft_id}",
            cause=f"clip/{fix_id}/{fix.state.value}",
            only=[fix.created_by] if fix.created_by else [],
        )
