"""The frame of a preview: who posts, and the pictures and clips in the order and shape a platform lays them out."""

from collections.abc import Sequence

from pages.parts.markup import esc, icon, safe_image
from pages.parts.previews.shown import Piece, Shown


def post(v: Shown, body_html: str, kind: str = "") -> str:
    """The outer edge of a preview, as wide as a phone or a desktop's column."""
    classes = " ".join(part for part in ("pv", kind, "wide" if v.is_wide else "") if part)
    return f'<div class="{classes}">{body_html}</div>'


def top(name: str, line_html: str, extra_html: str = "") -> str:
    """The line with the account; `line_html` and `extra_html` are finished markup."""
    return (
        f'<div class="t"><span class="a">{esc(name[:2].lower())}</span><div class="w">'
        f'<div class="n cut">{esc(name)}</div><div class="g">{line_html}</div></div>{extra_html}</div>'
    )


def icons(*names: str) -> str:
    """A row of symbols."""
    return "".join(icon(name) for name in names)


def foot(*words: tuple[str, str]) -> str:
    """The row of things a reader can press."""
    return f'<div class="ft">{"".join(f"<span>{icon(name)}{word}</span>" for name, word in words)}</div>'


def file(piece: Piece, ratio: float = 0.0) -> str:
    """One picture or clip; `ratio` of the frame, 0 fills the frame it stands in."""
    shape = f' style="aspect-ratio:{ratio:.4f}"' if ratio else ""
    address = safe_image(piece.src)
    if not address:
        return f'<div class="none"{shape}>{icon("movie" if piece.is_video else "image", size=28)}</div>'
    if piece.is_video:
        cover = safe_image(piece.poster)
        poster = f' poster="{esc(cover)}"' if cover else ""
        at = f"#t={piece.moment:g}" if piece.moment and not cover else ""
        return f'<video src="{esc(address + at)}"{poster} controls muted playsinline preload="metadata"{shape}></video>'
    return f'<img src="{esc(address)}" alt="{esc(piece.alt)}"{shape}>'


def strip(pieces: Sequence[Piece], low: float, high: float) -> str:
    """Side by side to be swiped, all in the shape of the first, which the platform keeps between two ratios."""
    if not pieces:
        return ""
    ratio, count = min(max(pieces[0].ratio, low), high), len(pieces)
    if count == 1:
        return f'<div class="md">{file(pieces[0], ratio)}</div>'
    drawn = "".join(
        f'<div class="one">{file(piece, ratio)}<span class="pcs num">{place}/{count}</span></div>'
        for place, piece in enumerate(pieces, 1)
    )
    return f'<div class="md sw" tabindex="0">{drawn}</div>'


def grid(pieces: Sequence[Piece], low: float, most: int = 4) -> str:
    """Beside and under each other, at most `most`; the last one tells how many more there are."""
    if len(pieces) < 2:
        return strip(pieces, low, 3.0)
    seen, more = pieces[:most], len(pieces) - most
    last = f'<span class="ov num">+{more}</span>' if more > 0 else ""
    drawn = [f'<div class="one">{file(piece)}</div>' for piece in seen[:-1]]
    drawn.append(f'<div class="one">{file(seen[-1])}{last}</div>')
    return f'<div class="md gr g{len(seen)}">{"".join(drawn)}</div>'


def upright(piece: Piece | None, over_html: str) -> str:
    """A frame of 9:16 with what the app draws over it; another shape stands in it as it is, between bars."""
    inside = file(piece) if piece else f'<div class="none">{icon("movie", size=28)}</div>'
    return f'<div class="fr">{inside}{over_html}</div>'
