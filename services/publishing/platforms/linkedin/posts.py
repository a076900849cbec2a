"""
One post of any format: `POST /rest/posts` cannot be taken back; its id comes in a header of an empty answer.

After a lost answer an organisation's list can show the post, never its absence; members' posts are shown to nobody.
A duplicate refusal names a post but proves nothing by itself: the one it names may not exist. Source: Posts API,
September 2026; refusals as recorded by other clients in 2023 and 2026.
"""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from services.approvals import SealedContent
from services.kit.errors import OutcomeUnknown, Rejected
from services.kit.linkedin import duplicate_in, is_post
from services.kit.rest import said_of
from services.publishing.errors import NotProcessed
from services.publishing.platforms.linkedin.little_text import escape
from services.publishing.platforms.linkedin.uploads import are_ready, media_of
from services.publishing.platforms.linkedin.wire import (
    Told,
    call,
    post_at,
    posts_of,
    public_address,
    receipt,
    urn_in,
)
from services.publishing.publisher import Door, Order, PlatformSpec, Receipt, Remote, Sighting

_CLOCKS_APART = timedelta(seconds=60)
_FEED = {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []}
_FAILED = "MEDIA_ASSET_PROCESSING_FAILED"
_MEMBER = "urn:li:person:"
_NAMED = "named"  # in `remote`: the post that a duplicate refusal named


class Posts:
    """What every format of LinkedIn does alike. A format brings its spec, its uploads and its part of the post."""

    spec: ClassVar[PlatformSpec]

    def prepare(self, order: Order, door: Door) -> Remote:
        """Nothing, where a format hands nothing over."""
        return {}

    def poll(self, remote: Remote, door: Door) -> bool:
        return are_ready(remote, door)

    def publish(self, order: Order, remote: Remote, door: Door) -> Receipt:
        body = self._post(order.content, remote, door)
        if remote.get(_NAMED):
            door.keep({_NAMED: ""})  # said to an earlier attempt; it must not be read as the answer to this one
        try:
            reply = call(door, "POST", "posts", json=body)
        except (OutcomeUnknown, Rejected) as error:
            said = said_of(error)
            named = duplicate_in(said) if said else None
            if named:
                door.keep({_NAMED: named})
                raise OutcomeUnknown(f"LinkedIn calls it a repeat of {public_address(named, door)}.") from error
            if said and said.code == _FAILED:
                raise NotProcessed(error.detail, try_again=False) from error
            raise
        urn = reply.headers.get("x-restli-id", "")
        if not is_post(urn):
            raise OutcomeUnknown("LinkedIn answered without the id of the post.")
        return Receipt(urn, permalink=public_address(urn, door))

    def find(self, content: SealedContent, remote: Remote, since: datetime, door: Door) -> Sighting:
        """Posts with exactly our words, and our own uploads where there are any."""
        if remote.get(_NAMED):
            return _named(content, remote, since, door)
        told = [one for one in posts_of(door) or () if _is_ours(one, content, remote, since, door)]
        return Sighting(tuple(receipt(one, door) for one in reversed(told)), is_live=bool(told))

    def recent(self, door: Door) -> list[Receipt]:
        """Of a member none: LinkedIn lists them to nobody."""
        return [receipt(one, door) for one in posts_of(door) or () if one.author == door.account]

    def is_listed(self, content: SealedContent) -> bool:
        """An organisation's posts are; a member's to nobody."""
        return not content.target.startswith(_MEMBER)

    def at_address(self, address: str, door: Door) -> Receipt | None:
        """A member's post as a person names it: by URN, or by the address that LinkedIn's "copy link" gives."""
        urn = None if posts_of(door) is not None else urn_in(address, door)
        return Receipt(urn, permalink=public_address(urn, door)) if urn else None

    def permalink(self, remote_id: str, door: Door) -> str | None:
        return public_address(remote_id, door)

    def _content(self, content: SealedContent, urns: tuple[str, ...]) -> dict[str, Any] | None:
        """The post's `content`; None for words alone."""
        return None

    def _post(self, content: SealedContent, remote: Remote, door: Door) -> dict[str, Any]:
        urns = media_of(remote)
        if len(urns) != len(content.media):
            raise NotProcessed("What was uploaded is not what was approved.", try_again=True)
        shown = self._content(content, urns)
        return {
            "author": door.account,
            "commentary": escape(content.text),
            "visibility": content.settings.get("privacy") or "PUBLIC",
            "distribution": _FEED,
            **({"content": shown} if shown else {}),
            "lifecycleState": "PUBLISHED",
            "isReshareDisabledByAuthor": False,
        }


def _named(content: SealedContent, remote: Remote, since: datetime, door: Door) -> Sighting:
    """What a duplicate refusal means: ours if the post it names is; unreadable ones prove nothing."""
    told = post_at(remote[_NAMED], door)
    if told is None:
        return Sighting()
    if _is_ours(told, content, remote, since, door):
        return Sighting((receipt(told, door),), is_live=True)
    return Sighting(refused=f"LinkedIn refuses it as a repeat of {public_address(told.urn, door)}. Change the words.")


def _is_ours(told: Told, content: SealedContent, remote: Remote, since: datetime, door: Door) -> bool:
    """By our uploads, which no other post can show; without any, by words and time."""
    if told.author != door.account:
        return False
    if told.media and media_of(remote):
        return told.media == media_of(remote)
    is_recent = told.at is not None and told.at >= since - _CLOCKS_APART
    return bool(content.text) and told.words == content.text and is_recent
