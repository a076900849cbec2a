"""What a platform is about to show, as values; every drawing of this package takes one of these."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """
    A picture or clip from our own media route. `ratio` is width by height. Before a clip plays, `poster` is shown, else
    the picture at its `moment`, in seconds.
    """

    src: str
    alt: str = ""
    ratio: float = 1.0
    is_video: bool = False
    poster: str = ""
    moment: float = 0.0


@dataclass(frozen=True)
class Shown:
    """
    One post. `form` is the platform's format; `link` stands apart from the text only where the platform has a place
    for it, `title` and `note` are its card's, or a video's or pin's own.

    `fold`: characters before "see more", 0 for all; `fold_lines`: lines before it. `is_wide`: on a desktop.
    """

    account: str
    handle: str
    text: str
    pieces: tuple[Piece, ...] = ()
    form: str = ""
    title: str = ""
    note: str = ""
    link: str = ""
    comment: str = ""
    fold: int = 0
    fold_lines: int = 0
    is_wide: bool = False

    @property
    def first(self) -> Piece | None:
        return self.pieces[0] if self.pieces else None
