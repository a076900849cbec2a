"""What fills a phone's screen: stories, reels, clips, shorts. The app's own words and buttons lie over the picture."""

from collections.abc import Sequence

from pages.parts.markup import esc, icon
from pages.parts.previews.frames import post, strip, upright
from pages.parts.previews.shown import Shown
from pages.parts.previews.words import folded


def story(v: Shown) -> str:
    """A story shows the file alone: no words of ours reach it."""
    line = f'<div class="bar1"></div><div class="who"><span class="a">{esc(v.handle[:2].lower())}</span>'
    over = f'<div class="up1">{line}<b class="cut">{esc(v.handle)}</b><span>now</span></div></div>'
    answer = f'<div class="dn"><span class="ans">Send message</span>{icon("favorite")}{icon("send")}</div>'
    return post(v, upright(v.first, over + answer), "tl")


def reel(v: Shown) -> str:
    """A reel: title and words at its foot."""
    title = f"<b>{esc(v.title)}</b><br>" if v.title else ""
    return _played(v, ("favorite", "mode_comment", "send", "more_horiz"), title + folded(v, "more", links=False))


def clip(v: Shown) -> str:
    """A clip, or photos to be swiped; the title of photos stands above the words."""
    title = f"<b>{esc(v.title)}</b><br>" if v.title else ""
    words = title + folded(v, "more", links=False)
    return _played(v, ("favorite", "mode_comment", "bookmark", "share"), words, "music_note")


def short(v: Shown) -> str:
    """A short shows its title; its description opens behind a menu."""
    words = esc(v.title) or "No title yet"
    return _played(v, ("thumb_up", "thumb_down", "mode_comment", "share"), words)


def _played(v: Shown, acts: Sequence[str], words_html: str, sound: str = "") -> str:
    """The frame with the buttons at its right edge and the words at its foot; on a desktop both stand beside it."""
    names = "".join(icon(name) for name in acts)
    tail = f'<div class="snd">{icon(sound, size=14)} Sound of the clip</div>' if sound and _clip(v) else ""
    words = (
        f'<b class="cut">@{esc(v.handle.removeprefix("@"))}</b><div class="said" dir="auto">{words_html}</div>{tail}'
    )
    if len(v.pieces) > 1:
        seen = f'<div class="fr">{strip(v.pieces, 9 / 16, 9 / 16)}</div>'
        return post(v, f'{seen}<div class="under">{words}</div>', "tl many")
    if v.is_wide:
        beside = f'<div class="side">{names}</div><div class="col"><div class="under">{words}</div></div>'
        return post(v, upright(v.first, "") + beside, "tl two")
    return post(v, upright(v.first, f'<div class="rt">{names}</div><div class="dn2">{words}</div>'), "tl")


def _clip(v: Shown) -> bool:
    return bool(v.first and v.first.is_video)
