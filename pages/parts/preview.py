"""What the platform will show. Values in, safe HTML out; pictures come from our own media route."""

from dataclasses import dataclass

from pages.parts.markup import esc, icon, safe_image

# Characters shown before a platform folds a caption, counted on its own apps.
FOLDS = {"instagram": 125, "facebook": 110}


@dataclass(frozen=True)
class Version:
    """
    What is about to be published, as a platform would lay it out. `ratio` is width by height of the picture.

    `pieces` is how many files there are, the first one shown; `title` is a video's or a pin's own.
    """

    account: str
    handle: str
    text: str
    image: str = ""
    alt: str = ""
    ratio: float = 0.8
    link_domain: str = ""
    link_title: str = ""
    button: str = ""
    place: str = ""
    title: str = ""
    pieces: int = 1
    is_video: bool = False


def preview(channel: str, version: Version) -> str:
    """The version as this channel shows it, in a well; a channel without a drawing of its own as a page post."""
    draw = {"instagram": _instagram}.get(channel, _facebook)
    return f'<div class="well">{draw(version)}</div>'


def fold(text: str, limit: int, more: str) -> str:
    """The text up to where the platform folds it, then its own word for more. Safe HTML, line breaks kept."""
    shown, tail = text, ""
    if len(text) > limit:
        head = text[:limit]
        shown = head.rsplit(" ", 1)[0] if " " in head else head
        tail = f'… <span class="m">{esc(more)}</span>'
    return esc(shown).replace("\n", "<br>") + tail


def _instagram(v: Version) -> str:
    more = f'<span class="end">{icon("more_horiz", size=20)}</span>'
    acts = "".join(icon(name) for name in ("favorite", "mode_comment", "send"))
    return (
        f'<div class="pv">{_top(v.handle, v.place, more)}{_picture(v, min(max(v.ratio, 0.75), 1.91))}'
        f'<div class="x">{acts}<span class="end">{icon("bookmark")}</span></div>'
        f'<div class="c" dir="auto"><b>{esc(v.handle)}</b> {fold(v.text, FOLDS["instagram"], "more")}</div></div>'
    )


def _facebook(v: Version) -> str:
    words = (("thumb_up", "Like"), ("mode_comment", "Comment"), ("share", "Share"))
    foot = "".join(f"<span>{icon(name)}{word}</span>" for name, word in words)
    card = ""
    if v.link_domain:
        press = f'<span class="bt">{esc(v.button)}</span>' if v.button else ""
        title = f'<div class="g">{esc(v.link_domain.upper())}</div><b>{esc(v.link_title)}</b>'
        card = f'<div class="lk"><div class="lt">{title}</div>{press}</div>'
    return (
        f'<div class="pv">{_top(v.account, "Just now")}<div class="c up" dir="auto">'
        f"{fold(v.text, FOLDS['facebook'], 'See more')}</div>{_picture(v, max(v.ratio, 0.66))}{card}"
        f'<div class="ft">{foot}</div></div>'
    )


def _top(name: str, line: str, extra_html: str = "") -> str:
    return (
        f'<div class="t"><span class="a">{esc(name[:2].lower())}</span><div class="w">'
        f'<div class="n cut">{esc(name)}</div><div class="g">{esc(line)}</div></div>{extra_html}</div>'
    )


def _picture(v: Version, ratio: float) -> str:
    address = safe_image(v.image)
    if not v.pieces:
        return ""
    if not address:
        return f'<div class="none" style="aspect-ratio:{ratio:.4f}">{icon("image", size=28)}</div>'
    many = f'<span class="pcs num">1/{v.pieces}</span>' if v.pieces > 1 else ""
    shape = f'style="aspect-ratio:{ratio:.4f}"'
    if v.is_video:
        shown = f'<video src="{esc(address)}" controls muted playsinline preload="metadata" {shape}></video>'
    else:
        shown = f'<img src="{esc(address)}" alt="{esc(v.alt)}" {shape}>'
    return f'<div class="md">{shown}{many}</div>'
