"""The public address of a published post: a nicety, fetched afterwards, whose failure changes nothing."""

from uuid import UUID

from services.kit.app import App
from services.kit.db import Scope
from services.publishing.models import PostState
from services.publishing.queries import posts, sources
from services.publishing.registry import publisher_of
from services.publishing.steps.order import open_door


def fetch_permalink(app: App, org_id: UUID, post_id: UUID) -> None:
    """Safe to run twice. :raises ProviderError: the platform did not answer; the queue decides on another try"""
    scope = Scope(org_id)
    with app.tx(scope) as tx:
        post = posts.one(tx, post_id)
    if post is None or post.state is not PostState.PUBLISHED or post.permalink or not post.remote_id:
        return
    with app.tx(scope) as tx:
        adapter = publisher_of(sources.sealed_content(tx, post.approval_id))
    permalink = adapter.permalink(post.remote_id, open_door(app, scope, post))
    if permalink:
        with app.tx(scope) as tx:
            posts.set_permalink(tx, post_id, permalink)
