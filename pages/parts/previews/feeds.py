"""Posts in a feed: pictures first, or words first."""

from pages.parts.markup import esc, icon
from pages.parts.previews.frames import foot, grid, icons, post, strip, top
from pages.parts.previews.shown import Shown
from pages.parts.previews.words import comment, domain, folded


def photo_post(v: Shown) -> str:
    """A picture or a carousel; on a desktop the words stand beside it."""
    head = top(v.handle, "", f'<span class="end">{icon("more_horiz", size=20)}</span>')
    acts = icons("favorite", "mode_comment", "send") + f'<span class="end">{icon("bookmark")}</span>'
    words = f'<div class="c" dir="auto"><b>{esc(v.handle)}</b> {folded(v, "more", links=False)}</div>{comment(v)}'
    seen = strip(v.pieces, 0.75, 1.91)
    if v.is_wide:
        return post(v, f'{seen}<div class="col">{head}{words}<div class="x foot">{acts}</div></div>', "two")
    return post(v, f'{head}{seen}<div class="x">{acts}</div>{words}')


def page_post(v: Shown) -> str:
    """A Page's post: words above, then pictures, a clip, or the card of its link."""
    title = f'<div class="c up"><b>{esc(v.title)}</b></div>' if v.title else ""
    words = f'<div class="c up" dir="auto">{folded(v, "See more")}</div>{title}'
    card = "" if v.pieces else _card(v, "The page's own title and picture stand here.")
    head = top(v.account, f"Just now · {icon('public', size=12)}")
    acts = foot(("thumb_up", "Like"), ("mode_comment", "Comment"), ("share", "Share"))
    return post(v, f"{head}{words}{grid(v.pieces, 0.66)}{card}{acts}{comment(v)}")


def network_post(v: Shown) -> str:
    """A post of words, pictures, a clip, or a card that we give its title and picture."""
    head = top(v.account, f"Now · {icon('public', size=12)}")
    words = f'<div class="c up" dir="auto">{folded(v, "more")}</div>'
    card = _card(v, "") if v.form == "link" else ""
    title = f'<div class="c"><b>{esc(v.title)}</b></div>' if v.title and not card else ""
    acts = foot(("thumb_up", "Like"), ("mode_comment", "Comment"), ("repeat", "Repost"), ("send", "Send"))
    return post(v, f"{head}{words}{grid(v.pieces, 0.8)}{title}{card}{acts}{comment(v)}")


def _card(v: Shown, untitled: str) -> str:
    if not v.link:
        return ""
    name = f"<b>{esc(v.title)}</b>" if v.title else f'<span class="g">{esc(untitled)}</span>'
    note = f'<div class="g">{esc(v.note)}</div>' if v.note else ""
    host = f'<div class="g">{esc(domain(v.link))}</div>'
    return f'<div class="lk"><div class="lt">{host}{name}{note}</div></div>'
