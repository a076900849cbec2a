"""A day and an hour before its time: could this post go out as things stand? Tells, never blocks."""

from datetime import timedelta
from uuid import UUID

from services import accounts, identity, media, notifications
from services.approvals import SealedContent
from services.events import PreflightDue
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.kit.errors import AppError, CredentialsExpired, ProviderError
from services.kit.outside import fetch_page
from services.kit.text import clip
from services.publishing.cautions import sign_in_problem
from services.publishing.errors import PostLocked, PostNotFound
from services.publishing.limits import check
from services.publishing.linked_page import page_problem
from services.publishing.models import Post, PostState, Reason
from services.publishing.publisher import PlatformSpec
from services.publishing.queries import calendar, posts, sources
from services.publishing.registry import publisher_of
from services.publishing.steps.order import Hold, open_door, sealed_order

_FRESH = timedelta(minutes=30)  # an account that answered this recently is not asked again

Found = list[tuple[Reason, str]]


def preflight(app: App, org_id: UUID, post_id: UUID) -> None:
    """
    Check seal, stored bytes, rights, limits, token, granted rights, quota, media host and linked page.

    People are told at once what is wrong, and once. Nothing is blocked: at its time the post is tried anyway.
    """
    scope = Scope(org_id)
    with app.tx(scope) as tx:
        post = posts.one(tx, post_id)
    if post is None or post.state is not PostState.PLANNED:
        return
    found = _found(app, scope, post)
    kinds = {kind for kind, _ in found}
    kind = kinds.pop() if len(kinds) == 1 else Reason.AT_RISK
    with app.tx(scope) as tx:
        told = " ".join(sentence for _, sentence in found)
        changed = posts.note_risk(tx, post_id, told, kind.value if found else "")
        if changed and found and told != post.reason:
            _tell(tx, post, told)


def check_again(tx: Tx, post_id: UUID) -> None:
    """Ask for the checks now, in the background. :raises PostLocked: it is no longer waiting for its time"""
    identity.demand(tx, identity.Act.SCHEDULE)
    post = posts.one(tx, post_id)
    if post is None:
        raise PostNotFound()
    if post.state is not PostState.PLANNED:
        raise PostLocked()
    tx.emit(PreflightDue(post_id))


def _found(app: App, scope: Scope, post: Post) -> Found:
    found = _account(app, scope, post)
    with app.tx(scope) as tx:
        content = sources.sealed_content(tx, post.approval_id)
        is_practice = accounts.channel(tx, post.channel_id).is_practice
    found += _content(app, scope, post)
    if is_practice:  # a rehearsal: its platform runs beside us, and its link may lead nowhere yet
        return found
    return found + _media_host(app, publisher_of(content).spec, content) + _link(app, content.link)


def _content(app: App, scope: Scope, post: Post) -> Found:
    try:
        content = sealed_order(app, scope, post).content
    except Hold as hold:
        return [(hold.kind, hold.sentence)]
    except ProviderError as error:
        return [(Reason.AT_RISK, f"The stored pictures could not be read: {error.sentence}")]
    return [(Reason.REFUSED, problem.sentence) for problem in check(publisher_of(content).spec, content)]


def _account(app: App, scope: Scope, post: Post) -> Found:
    """Token, granted rights and quota, as the platform tells them now."""
    found: Found = []
    with app.tx(scope) as tx:
        channel = accounts.channel(tx, post.channel_id)
    if channel.is_connected and not _is_fresh(app, channel):
        try:
            accounts.check_channel(app, post.org_id, channel.id)
        except ProviderError as error:
            found.append((Reason.AT_RISK, f"{channel.name} could not be asked: {error.sentence}"))
        with app.tx(scope) as tx:
            channel = accounts.channel(tx, post.channel_id)
    try:
        open_door(app, scope, post)
    except CredentialsExpired as error:
        found.append((Reason.TOKEN, error.sentence))
    except ProviderError as error:
        found.append((Reason.AT_RISK, error.sentence))
    ending = sign_in_problem(channel, post.due_at, post.time_zone)
    if ending and not found:
        found.append((Reason.TOKEN, ending))
    if channel.missing_scopes:
        found.append((Reason.TOKEN, f"{channel.name} lacks the right {', '.join(channel.missing_scopes)}."))
    if channel.quota_total and (channel.quota_used or 0) >= channel.quota_total:
        found.append((Reason.QUOTA, f"{channel.name} has used up its {channel.quota_total} posts of 24 hours."))
    return found


def _is_fresh(app: App, channel: accounts.Channel) -> bool:
    read_at = channel.quota_read_at or channel.last_success_at
    return read_at is not None and app.clock.now() - read_at < _FRESH


def _media_host(app: App, spec: PlatformSpec, content: SealedContent) -> Found:
    if not (spec.pulls and content.media):
        return []
    found = media.check_reach(app)
    return [(Reason.MEDIA, found.problem)] if found.problem else []


def _link(app: App, link: str) -> Found:
    """The linked page; only what is on the public web is looked at."""
    if not link.strip():
        return []
    try:
        wrong = page_problem(link, fetch_page(app.http, link.strip(), app.look_up))
    except AppError as error:
        wrong = f"The linked page could not be looked at. {error.sentence}"
    return [(Reason.LINK, wrong)] if wrong else []


def _tell(tx: Tx, post: Post, told: str) -> None:
    seen = calendar.one(tx, post.id)
    if seen is None:
        return
    notifications.tell(
        tx,
        kind="post",
        tone="orange",
        title=f"“{clip(seen.title, 60)}” could not go out on {clip(seen.channel_name, 40)} as things stand",
        body=told,
        link=f"/calendar?post={post.id}",
        cause=f"post/{post.id}/at-risk",
        occurrence=tx.now.isoformat(),
    )
