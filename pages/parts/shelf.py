"""Media: rows of equal height that fill the width, nothing cropped or jumping, ranges ticked with Shift."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from pages.parts.base import mount, one_of
from pages.parts.rows import Chip
from pages.parts.ticks import Picked, remember_ticks, ticked, turn_of


@dataclass(frozen=True)
class File:
    """
    One picture or clip. `src` is the address of its thumbnail; `width` and `height` in pixels, of the file itself.

    `badge` is drawn only where something is not fine; `note` is short ("×6", "unused"); `clip` is a clip's length
    in words ("0:15"), empty for a picture; `colour` fills the place until the thumbnail is there ("#aabbcc").
    """

    id: str
    name: str
    src: str
    width: int
    height: int
    note: str = ""
    clip: str = ""
    badge: Chip | None = None
    colour: str = ""


def shelf(
    files: Sequence[File],
    *,
    key: str,
    selectable: bool = True,
    active: str = "",
    row_height: int = 178,
    on_picked: Callable[[], None] | None = None,
) -> Picked:
    """
    Draw the files; returns the one opened in this run and those ticked.

    :param selectable: False draws no ticks: a click picks, as in a picker inside a drawer
    :param active: the id drawn with a ring
    :param on_picked: called after the ticks changed
    """
    known = {file.id for file in files}
    remember = remember_ticks(key)

    def picked() -> None:
        remember()
        if on_picked is not None:
            on_picked()

    data = {
        "files": [asdict(file) for file in files],
        "selectable": selectable,
        "active": active,
        "height": row_height,
        "selected": list(ticked(key, known)),
        "turn": turn_of(key),
    }
    result = mount("shelf", data, key=key, events={"open": None, "picked": picked})
    return Picked(one_of(result.open, known), ticked(key, known))
