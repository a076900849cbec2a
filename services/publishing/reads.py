"""What screens show of posts."""

from uuid import UUID

from services import accounts, approvals, media
from services.kit.db import Tx
from services.kit.redaction import redact
from services.publishing.errors import PostNotFound
from services.publishing.limits import check
from services.publishing.models import Attempt, Happening, Post, PostState, Reason
from services.publishing.publisher import PlatformSpec, Problem
from services.publishing.queries import attempts, history, posts
from services.publishing.registry import FormatUnknown, PlatformUnknown, publisher, publisher_of

_SAID = {
    PostState.PUBLISHED: "The post is out.",
    PostState.FAILED: "The post failed.",
    PostState.HELD: "The post is on hold.",
    PostState.UNCONFIRMED: "The post is unconfirmed.",
}


def post(tx: Tx, post_id: UUID) -> Post:
    """:raises PostNotFound: no such post in this organisation"""
    found = posts.one(tx, post_id)
    if found is None:
        raise PostNotFound()
    return found


def said_of(tx: Tx, post_id: UUID) -> str:
    """What became of a post and why, for the run that worked on it; empty where it goes on as planned."""
    found = posts.one(tx, post_id)
    if found is None:
        return ""
    is_processed = found.reason_class == Reason.ACCEPTED
    words = "" if is_processed else _SAID.get(found.state, "")
    return redact(" ".join(part for part in (words, found.reason) if part))


def attempts_of(tx: Tx, post_id: UUID) -> list[Attempt]:
    """Every try, the first one first."""
    return attempts.of_post(tx, post_id)


def history_of(tx: Tx, post_id: UUID) -> list[Happening]:
    """Everything that happened to a post, the first line first."""
    return history.of_post(tx, post_id)


def problems(tx: Tx, version_id: UUID, channel_id: UUID) -> list[Problem]:
    """
    Why this version would be refused on this channel; empty when it fits.

    :raises NotFound: no such version or channel in this organisation
    :raises PictureMissing: the version has no picture in the size this platform takes
    """
    content = approvals.content_for(tx, version_id, channel_id)
    channel = accounts.channel(tx, channel_id)
    return [*check(publisher_of(content).spec, content), *unfetchable(tx, content, is_practice=channel.is_practice)]


def problems_of(content: approvals.SealedContent) -> list[Problem]:
    """Why the platform would refuse this content, while it is composed; empty when it fits."""
    try:
        return check(publisher_of(content).spec, content)
    except (FormatUnknown, PlatformUnknown) as error:
        return [Problem("media", error.sentence)]


def unfetchable(tx: Tx, content: approvals.SealedContent, *, is_practice: bool) -> list[Problem]:
    """
    Why the platform could not fetch the files from us; empty where it is sent them, or can.

    Practice platforms run beside us and fetch from anywhere.
    """
    try:
        pulls = bool(content.media) and publisher_of(content).spec.pulls
    except (FormatUnknown, PlatformUnknown):
        return []
    wrong = media.reach_problem(tx) if pulls and not is_practice else ""
    return [Problem("media", wrong)] if wrong else []


def spec_of(platform: str, chosen: str = "") -> PlatformSpec:
    """The limits of a format, or of the platform's usual one. :raises PlatformUnknown, FormatUnknown:"""
    return publisher(platform, chosen).spec
