"""Posts in places of their own: short posts with their threads, pins, a video's page."""

from pages.parts.markup import esc, icon
from pages.parts.previews.frames import file, grid, icons, post, strip, top
from pages.parts.previews.shown import Piece, Shown
from pages.parts.previews.words import domain, folded, rich
from services.kit import x_text


def short_post(v: Shown) -> str:
    """One post, or the parts of a thread one under the other; files go with the first."""
    parts = x_text.parts_of(v.text) if v.form == "thread" else [v.text]
    drawn = [
        _said(v, part, v.pieces if place == 1 else (), f"{place}/{len(parts)}" if len(parts) > 1 else "")
        for place, part in enumerate(parts, 1)
    ]
    return post(v, "".join(drawn), "thr" if len(parts) > 1 else "")


def _said(v: Shown, text: str, pieces: tuple[Piece, ...], place: str) -> str:
    acts = icons("mode_comment", "repeat", "favorite", "bar_chart", "bookmark")
    count = f'<span class="end g num">{esc(place)}</span>' if place else ""
    name = f'<div class="n"><b>{esc(v.account)}</b> <span class="g">@{esc(v.handle.removeprefix("@"))} · now</span>'
    return (
        f'<div class="sd"><span class="a">{esc(v.account[:2].lower())}</span><div class="w">'
        f'<div class="row">{name}</div>{count}</div><div class="tx" dir="auto">{rich(text)}</div>'
        f'{grid(pieces, 0.75)}<div class="x sm">{acts}</div></div></div>'
    )


def pin(v: Shown) -> str:
    """A pin: picture, title, description, and where it leads; on a desktop side by side."""
    visit = f'<span class="bt">Visit</span><span class="g cut">{esc(domain(v.link))}</span>' if v.link else ""
    save = '<span class="bt red end">Save</span>'
    title = f'<div class="c ti2">{esc(v.title)}</div>' if v.title else ""
    words = f'{title}<div class="c up" dir="auto">{folded(v, "More")}</div>'
    below = f'<div class="x mid">{visit}{save}</div>{words}{top(v.account, esc(v.handle))}'
    seen = strip(v.pieces, 0.4, 2.0)
    return post(v, f'{seen}<div class="col">{below}</div>', "two pin") if v.is_wide else post(v, seen + below, "pin")


def watch_page(v: Shown) -> str:
    """A video's page: title, channel, and the box with the description."""
    seen = f'<div class="md">{file(v.first, 16 / 9)}</div>' if v.first else ""
    title = f'<div class="c ti2 two-lines">{esc(v.title) or "No title yet"}</div>'
    head = top(v.account, esc(v.handle), '<span class="bt dark end">Subscribe</span>')
    box = f'<div class="ds" dir="auto">{folded(v, "more")}</div>' if v.text.strip() else ""
    acts = f'<div class="x sm">{icons("thumb_up", "thumb_down", "share", "download")}</div>'
    return post(v, f"{seen}{title}{head}{acts}{box}", "yt")


def unknown(v: Shown) -> str:
    """A platform without a drawing of its own: who, the words, the files."""
    words = f'<div class="c up" dir="auto">{folded(v, "more")}</div>'
    return post(v, f"{top(v.account, icon('public', size=12))}{words}{grid(v.pieces, 0.66)}")
