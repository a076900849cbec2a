"""
What a platform's adapter does, in the steps that a crash must not blur. One adapter per platform and format.

`prepare` and `poll` may run any number of times; `publish` is the call that cannot be taken back; `find` only reads.
A platform of one call says so in its spec (`prepares` False); its `prepare` and `poll` are then never asked.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO, Protocol, runtime_checkable

from pydantic import SecretStr

from services.approvals import SealedContent
from services.kit.http import Client

Remote = dict[str, str]  # the platform's ids by name, as kept in the attempt


@dataclass(frozen=True)
class PlatformSpec:
    """
    The limits of one format on one platform; screens draw from it. Bytes, pixels, seconds and characters; ratios are
    width divided by height.

    `prepares`: does the platform take the media before the post, in calls of their own?
    `proves_absence`: can it prove that a call without an answer did not happen?
    `count`: how long a text is by the platform's own rule. `unit`: what it counts, where a browser can do the same:
    characters, utf16 or bytes; else own. `cost`: of a text with so many alt texts, in thousandths of a US dollar.
    `fold`: characters shown before "see more", 0 for all, on a phone; `fold_wide` on a desktop, 0 as on a phone;
    `fold_lines` the lines. No platform documents its fold: recommended or measured values, as of `checked_on`.
    `pulls`: does the platform fetch the files from our media host itself?
    `settings`: what a person decides for this format, such as privacy. `cover`: what it takes as the cover of a clip,
    None for nothing. Limits that are None do not apply.
    """

    platform: str
    label: str
    text_max: int
    hashtags_max: int | None
    mentions_max: int | None
    alt_text_max: int
    media_types: tuple[str, ...]
    media_min: int
    media_max: int
    ratio_min: float
    ratio_max: float
    width_min: int
    prepares: bool
    proves_absence: bool
    source: str
    checked_on: date
    format: str = "image"
    format_label: str = "Picture"
    count: Callable[[str], int] = len
    unit: str = "characters"
    cost: Callable[[str, int], int] | None = None
    fold: int = 0
    fold_wide: int = 0
    fold_lines: int = 0
    bytes_max: int | None = None
    seconds_min: float | None = None
    seconds_max: float | None = None
    links_apart: bool = False
    pulls: bool = False
    settings: tuple["Setting", ...] = ()
    cover: "Cover | None" = None


@dataclass(frozen=True)
class Setting:
    """
    One decision a person makes for a format, kept as text in the sealed settings under `name`.

    `choices` are (value, label); without them it is free text of at most `text_max` characters. A `required` one has
    no default that we choose: nothing goes out before a person did. `reads` names a live list of the account, "boards".
    """

    name: str
    label: str
    choices: tuple[tuple[str, str], ...] = ()
    default: str = ""
    required: bool = False
    text_max: int = 0
    reads: str = ""
    help: str = ""


@dataclass(frozen=True)
class Cover:
    """
    What a format takes to be shown before its clip plays: a moment of it, `Setting` `COVER_SECOND`, and pictures of
    `media_types`. A picture wins over a moment.

    `step`: a moment is a multiple of so many seconds. `is_after`: the picture is set once the post is out, in a call
    whose failure leaves the post as it is.
    """

    step: float = 0.001
    has_moment: bool = True
    media_types: tuple[str, ...] = ()
    bytes_max: int = 0
    ratio_min: float = 0.01
    ratio_max: float = 100.0
    width_min: int = 1
    is_after: bool = False


COVER_SECOND = "cover_second"


def _keeps_nothing(_remote: Remote) -> None:
    """For formats of one call."""


@dataclass(frozen=True)
class Problem:
    """Why the platform would refuse this, as a sentence. `where` is text, media or alt_text."""

    where: str
    sentence: str


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
class OnTheirWord(Protocol):
    """For a platform that lists some accounts' posts to nobody: then what a person says is all there is."""

    def at_address(self, address: str, door: Door) -> Receipt | None:
        """The post that an id or web address names; None where it names none, or where posts are listed."""
        ...
