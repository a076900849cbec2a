"""What a format of a platform takes: its limits, what a person decides for it, how its posts look."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


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
    `look`: which drawing shows its posts in a preview, one of the screens' own.
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
    look: str = ""
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


@dataclass(frozen=True)
class Problem:
    """Why the platform would refuse this, as a sentence. `where` is text, media or alt_text."""

    where: str
    sentence: str
