"""Jobs that tell people; each reads the object anew and tells one thing once. What is gone by then is not told."""

from contextlib import suppress
from uuid import UUID

from services import approvals, creative, notifications, publishing, research
from services.kit.app import App
from services.kit.db import Scope
from services.kit.errors import NotFound
from services.kit.text import clip, counted
from services.notifications import Severity

_NOW = {
    "failed": "Open it to change it and try again.",
    "held": "Open it to put that right.",
    "unconfirmed": "Loopdesk looks for it and does not send it again. Open it to say whether it is there.",
}
_NAMED = 2  # requests a digest calls by their names


def tell_import_finished(app: App, org_id: UUID, import_id: UUID) -> None:
    with suppress(NotFound), app.tx(Scope(org_id)) as tx:
        done = research.get_import(tx, import_id)
        went_well = done.state == "done"
        counts = f"{done.rows_added} new, {done.rows_changed} changed, {done.rows_wrong} with errors."
        notifications.tell(
            tx,
            kind="import",
            tone="green" if went_well and not done.rows_wrong else "orange" if went_well else "red",
            title=f"{done.file_name}: import {done.state}",
            body=counts if went_well else done.error or counts,
            link=f"/imports?import={import_id}",
            cause=f"import/{import_id}/{done.state}",
            severity=Severity.INFO if went_well else Severity.WARNING,
        )


def tell_review_requested(app: App, org_id: UUID, request_id: UUID) -> None:
    with suppress(NotFound), app.tx(Scope(org_id)) as tx:
        item = approvals.queue_item(tx, request_id)
        if item.mode is approvals.Mode.NONE or item.state is not approvals.RequestState.WAITING:
            return
        everyone = approvals.deciders(tx)
        at = approvals.standing_of(item, everyone)
        notifications.tell(
            tx,
            kind="review",
            tone="blue",
            title=f"“{item.name}” waits for a decision",
            body=f"{item.asked_by_name} asks" + (f": {item.note}" if item.note else "."),
            link=f"/approvals?request={request_id}",
            cause=f"review/{request_id}/asked" + (f"/{at.level}" if at.level > 1 else ""),
            is_shared=True,
            only=[user for user in everyone if approvals.is_asked(item, user, everyone)],
        )


def tell_draft_decided(app: App, org_id: UUID, request_id: UUID) -> None:
    with suppress(NotFound), app.tx(Scope(org_id)) as tx:
        item = approvals.queue_item(tx, request_id)
        if item.asked_by is None or item.asked_by == item.decided_by:
            return
        approved = item.state is approvals.RequestState.APPROVED
        notifications.tell(
            tx,
            kind="review",
            tone="green" if approved else "orange",
            title=f"“{item.name}” was {item.state.value}",
            body=f"By {item.decided_by_name}." if approved else f"{item.decided_by_name}: {item.reason}",
            link=f"/creator?draft={item.draft_id}",
            cause=f"review/{request_id}/{item.state.value}",
            occurrence=str(item.decided_at),
            only=[item.asked_by],
        )


def tell_comment(app: App, org_id: UUID, comment_id: UUID) -> None:
    """Those who were mentioned, and who asked for the decision."""
    with suppress(NotFound), app.tx(Scope(org_id)) as tx:
        said = approvals.comment_of(tx, comment_id)
        draft, asked = creative.draft(tx, said.draft_id), approvals.request_of(tx, said.draft_id)
        waits = asked is not None and asked.state is approvals.RequestState.WAITING
        link = f"/approvals?request={asked.id}" if asked and waits else f"/creator?draft={said.draft_id}"
        asker = {asked.asked_by} if asked and asked.asked_by else set()
        named = set(said.mentions) - {said.written_by}
        others = asker - named - {said.written_by}
        for verb, people, cause in (("mentions you on", named, "mention"), ("wrote about", others, "comment")):
            notifications.tell(
                tx,
                kind="comment",
                tone="blue",
                title=f"{said.written_by_name} {verb} “{draft.name}”",
                body=said.body,
                link=link,
                cause=f"draft/{said.draft_id}/{cause}",
                occurrence=str(comment_id),
                only=sorted(people),
            )


def tell_digest(app: App, org_id: UUID, on: str) -> None:
    """One notice per person and day about everything that waits for them."""
    with app.tx(Scope(org_id)) as tx:
        for person, (requests, since) in approvals.digest(tx).items():
            first = [f"“{item.name}”" for item in approvals.items(tx, requests[:_NAMED])]
            more = f" and {len(requests) - len(first)} more" if len(requests) > len(first) else ""
            days = (tx.now - since).days
            waits = f"The oldest waits for {counted(days, 'day')}." if days else "All came since yesterday."
            notifications.tell(
                tx,
                kind="digest",
                tone="blue",
                title=f"{counted(len(requests), 'waits', 'wait')} for your decision",
                body=f"{', '.join(first)}{more}. {waits}",
                link="/approvals",
                cause="digest/decisions",
                occurrence=on,
                only=[person],
            )


def tell_post_published(app: App, org_id: UUID, post_id: UUID) -> None:
    with suppress(NotFound), app.tx(Scope(org_id)) as tx:
        post = publishing.post_detail(tx, post_id).post
        notifications.tell(
            tx,
            kind="post",
            tone="green",
            title=f"“{post.title}” is out on {post.channel_name}",
            link=f"/calendar?post={post_id}",
            cause=f"post/{post_id}/published",
        )


def tell_post_stopped(app: App, org_id: UUID, post_id: UUID) -> None:
    with suppress(NotFound), app.tx(Scope(org_id)) as tx:
        post = publishing.post_detail(tx, post_id).post
        words = {"failed": ("red", "was refused by"), "held": ("orange", "is on hold for")}
        tone, verb = words.get(post.state, ("orange", "may or may not be on"))
        notifications.tell(
            tx,
            kind="post",
            tone=tone,
            title=f"“{post.title}” {verb} {post.channel_name}",
            body=f"{clip(post.reason, 200)} {_NOW.get(post.state, _NOW['unconfirmed'])}".strip(),
            link=f"/calendar?post={post_id}",
            cause=f"post/{post_id}/{post.state}",
            occurrence=str(post.state_at),
            severity=Severity.URGENT,
        )


def deliver(app: App, org_id: UUID, telling_id: UUID) -> None:
    """Plan how what was told leaves by e-mail and the organisation's outlets; the work it tells of is not touched."""
    with app.tx(Scope(org_id)) as tx:
        notifications.plan(tx, telling_id, has_mail=app.mail is not None)


def send(app: App, org_id: UUID, delivery_id: UUID) -> None:
    """Send one message to one target; repeated by itself, whatever became of the others."""
    notifications.send(app, Scope(org_id), delivery_id)
