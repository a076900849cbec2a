"""
What a platform's adapter does, in the steps that a crash must not blur. One adapter per platform and format.

`prepare` and `poll` may run any number of times; `publish` is the call that cannot be taken back; `find` only reads.
A platform of one call says so in its spec (`prepares` False); its `prepare` and `poll` are then never asked.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, Protocol, runtime_checkable

from pydantic import SecretStr

from services.approvals import SealedContent
from services.kit.http import Client
from services.publishing.spec import COVER_SECOND, Cover, PlatformSpec, Problem, Setting

__all__ = [  # with what an adapter says of itself
    "COVER_SECOND",
    "Cover",
    "Door",
    "Hides",
    "InParts",
    "OnTheirWord",
    "Order",
    "PlatformSpec",
    "Problem",
    "Publisher",
    "Receipt",
    "Remote",
    "Setting",
    "Sighting",
]

Remote = dict[str, str]  # the platform's ids by name, as kept in the attempt


def _keeps_nothing(_remote: Remote) -> None:
    """For formats of one call."""


@dataclass(frozen=True)
class Door:
    """
    One account, opened for one step: where it answers, as whom, and the present instant.

    `keep` commits what the platform gave in the middle of `publish`, before the next call of a format that needs
    several; it ends the step where another attempt has taken over.
    """

    http: Client
    platform: str
    api_url: str
    account: str
    secret: SecretStr
    now: datetime
    handle: str = ""
    keep: Callable[[Remote], None] = _keeps_nothing


def _no_media(_place: int) -> AbstractContextManager[BinaryIO]:
    raise LookupError("this order has no files")


def _no_cover() -> AbstractContextManager[BinaryIO]:
    raise LookupError("this order has no cover")


@dataclass(frozen=True)
class Order:
    """
    What is to be published: the sealed content and, in its order, where the platform fetches each file.

    `open_media(0)` opens the first file's bytes, for platforms that are sent them; `open_cover` those of the cover.
    """

    content: SealedContent
    media_urls: tuple[str, ...]
    open_media: Callable[[int], AbstractContextManager[BinaryIO]] = _no_media
    cover_url: str = ""
    open_cover: Callable[[], AbstractContextManager[BinaryIO]] = _no_cover


@dataclass(frozen=True)
class Receipt:
    """The platform's proof of one public post. `at` is the platform's own time where it tells one."""

    remote_id: str
    at: datetime | None = None
    permalink: str | None = None


@dataclass(frozen=True)
class Sighting:
    """
    What a look for a lost answer found.

    `seen`: posts that could be ours, oldest first. `is_live`: the platform proves that ours is public.
    `is_absent`: unless `seen` holds it, it is not public, and trying again with what `remote` holds cannot double it.
    `is_processing`: the platform has it and says that it still works on it. `refused`: it says no, in this sentence,
    and what was handed over is dead: another try, which a person asks for, begins with what `remote` holds.
    """

    seen: Sequence[Receipt] = field(default_factory=tuple)
    is_live: bool = False
    is_absent: bool = False
    remote: Remote = field(default_factory=dict)
    is_processing: bool = False
    refused: str = ""


class Publisher(Protocol):
    """
    One format of one platform. Every method raises only our five provider errors, `NotProcessed` (what was prepared
    can never be published, and certainly was not) and, from `publish`, `Accepted` (taken, public once processed).
    """

    spec: PlatformSpec

    def prepare(self, order: Order, door: Door) -> Remote:
        """Everything the platform wants before the post itself; nothing becomes visible."""
        ...

    def poll(self, remote: Remote, door: Door) -> bool:
        """Is it ready to be published?"""
        ...

    def publish(self, order: Order, remote: Remote, door: Door) -> Receipt:
        """The one call that cannot be taken back."""
        ...

    def find(self, content: SealedContent, remote: Remote, since: datetime, door: Door) -> Sighting:
        """Look for a post whose answer was lost; `since` is the instant of the intent."""
        ...

    def recent(self, door: Door) -> list[Receipt]:
        """The account's latest posts, newest first: what a person's "it is there" is checked against."""
        ...

    def permalink(self, remote_id: str, door: Door) -> str | None:
        """The public address of a post."""
        ...


@runtime_checkable
class Hides(Protocol):
    """For formats whose posts the platform lists to nobody, always or for some accounts and choices."""

    def is_listed(self, content: SealedContent) -> bool:
        """Would `recent` show this post once it is out?"""
        ...


@runtime_checkable
class InParts(Protocol):
    """For formats of several public posts, sent one after the other: some may be out while the rest is not."""

    def public_in(self, remote: Remote) -> Remote:
        """What of `remote` tells of parts that are out: it is kept whatever becomes of the rest."""
        ...

    def stands(self, content: SealedContent, remote: Remote) -> str:
        """How much is out and which part is in doubt, in a sentence or two; empty before anything was sent."""
        ...

    def with_named(self, content: SealedContent, remote: Remote, address: str, since: datetime, door: Door) -> Sighting:
        """
        As `find`, where a person says that the post of this id or address is the part in doubt; empty where it is
        not. `since`: the first intent of any attempt.
        """
        ...


@runtime_checkable
class OnTheirWord(Protocol):
    """For a platform that lists some accounts' posts to nobody: then what a person says is all there is."""

    def at_address(self, address: str, door: Door) -> Receipt | None:
        """The post that an id or web address names; None where it names none, or where posts are listed."""
        ...
