"""
Small pieces of markup. Every value from outside is escaped here: callers pass plain text, and get safe HTML back.

Only `html` and `note=`-like arguments named `*_html` take markup; build those from the functions of this file.
"""

import re
from html import escape
from urllib.parse import quote

import streamlit as st

from pages.parts.tokens import CHANNELS, GROUNDS, TONES, ground_of, initials_of, state_of

# Addresses that may stand in a picture: our own absolute paths, or https. No second slash, backslash, control
# character or space, because browsers read "/\evil" and "/<tab>/evil" as another host. Shared with the browser code.
IMAGE_ADDRESS = r"(?:https://|/(?![/\\]))[^\x00-\x20\x7f\\]*"
# Links may also lead to the practice platforms, which answer on this machine only.
LINK_ADDRESS = rf"{IMAGE_ADDRESS}|http://(?:127\.0\.0\.1|localhost)(?::\d{{1,5}})?(?:[/?#][^\x00-\x20\x7f\\]*)?"

_DRAWINGS = {  # CSS masks, because st.html removes inline <svg>
    "instagram": "<rect x='1.2' y='1.2' width='9.6' height='9.6' rx='2.8'/><circle cx='6' cy='6' r='2.2'/>"
    "<path d='M8.8 3.2h.01' stroke-linecap='round' stroke-width='1.5'/>",
    "tiktok": "<circle cx='4.6' cy='8.6' r='2'/><path d='M6.6 8.6V1.6c.3 1.7 1.5 2.6 3 2.7' stroke-linecap='round'/>",
    "youtube": "<path d='M3.6 2.4v7.2L9.8 6z' fill='black' stroke-linejoin='round'/>",
}


def esc(value: object) -> str:
    """Text for markup and for attributes in double quotes."""
    return escape(str(value), quote=True)


def safe_image(address: str | None) -> str:
    """The address if a picture may be loaded from it, else nothing."""
    return address if address and re.fullmatch(IMAGE_ADDRESS, address) else ""


def safe_link(address: str | None) -> str:
    """The address if a person may be sent there, else nothing."""
    return address if address and re.fullmatch(LINK_ADDRESS, address) else ""


def drawing_rules() -> str:
    """The rules that draw channel marks which have no letter."""
    head = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 12 12' fill='none' stroke='black' stroke-width='1.4'>"
    rule = (
        '.mark[data-c="{name}"]::before{{content:"";width:66%;height:66%;background:currentColor;'
        '-webkit-mask:url("data:image/svg+xml,{svg}") center/contain no-repeat}}'
    )
    return "".join(rule.format(name=name, svg=quote(f"{head}{path}</svg>")) for name, path in _DRAWINGS.items())


def mark(channel: str, *, large: bool = False, practice: bool = False) -> str:
    """The square of a channel: colour plus glyph, never colour alone. Practice adds a corner and the word."""
    known = CHANNELS.get(channel)
    name = (known.name if known else channel) + (", practice" if practice else "")
    classes = "mark" + (" l" if large else "") + (" pr" if practice else "")
    hue = f"--c:var(--c-{channel})" if known else ""
    return (
        f'<span class="{classes}" data-c="{esc(channel)}" style="{hue}" title="{esc(name)}" role="img" '
        f'aria-label="{esc(name)}">{esc(known.glyph if known else channel[:1].upper())}</span>'
    )


def icon(name: str, tone: str = "", *, size: int = 0) -> str:
    """A Material symbol. `size` in pixels; the tone is one of `TONES`."""
    style = f' style="font-size:{int(size)}px"' if size else ""
    tint = f' data-t="{tone}"' if tone in TONES else ""
    return f'<span class="ic" aria-hidden="true"{tint}{style}>{esc(name)}</span>'


def box(symbol: str, tone: str = "", size: int = 20) -> str:
    """A symbol on a tinted square: stands before a figure, a row or an empty screen."""
    ground, ink = (
        (f"var(--t-{tone}-bg)", f"var(--t-{tone}-tx)") if tone in TONES else ("var(--ld-sub)", "var(--ld-mut)")
    )
    return f'<span class="bx" style="background:{ground};color:{ink}">{icon(symbol, size=size)}</span>'


def chip(text: str, tone: str = "", symbol: str = "") -> str:
    """A small pill: a word, a tone and mostly a symbol."""
    bare = "" if symbol else " bare"
    tint = f' data-t="{tone}"' if tone in TONES else ""
    return f'<span class="chip{bare}"{tint}>{icon(symbol) if symbol else ""}{esc(text)}</span>'


def state_chip(state: str) -> str:
    """The pill of a draft's or post's stored state."""
    return chip(*state_of(state))


def practice_chip() -> str:
    """Stands beside every channel that posts nowhere."""
    return chip("Practice", "violet", "experiment")


def portrait(name: str, *, ground: str = "") -> str:
    """Initials on the name's own ground."""
    colour = ground if ground in GROUNDS else ground_of(name)
    return f'<span class="av" style="background:{colour}" aria-hidden="true">{esc(initials_of(name))}</span>'


def link(text: str, address: str | None, symbol: str = "open_in_new") -> str:
    """A link that opens in a new tab and tells the other side nothing; plain text where the address is not safe."""
    target = safe_link(address)
    if not target:
        return f"<span>{esc(text)}</span>"
    tail = icon(symbol, size=14) if symbol else ""
    return f'<a class="out" href="{esc(target)}" target="_blank" rel="noopener noreferrer">{esc(text)}{tail}</a>'


def keys(*hints: tuple[str, str]) -> str:
    """What the keys do: `keys(("J", ""), ("K", "move"), ("A", "approve"))`."""
    return (
        '<div class="keys">' + "".join(f'<span class="kbd">{esc(k)}</span>{esc(word)} ' for k, word in hints) + "</div>"
    )


def bar(share: float, tone: str = "", label: str = "") -> str:
    """A thin bar; `share` is a ratio, cut to 0..1."""
    width = round(min(1.0, max(0.0, share)) * 100, 1)
    hue = f"--v:var(--t-{tone});" if tone in TONES else ""
    return (
        f'<div class="bar" role="img" aria-label="{esc(label or f"{width:g} percent")}">'
        f'<i style="{hue}width:{width:g}%"></i></div>'
    )


def html(body_html: str, **place: object) -> None:
    """Draw finished markup with the product's sizes and colours; `place` goes to st.html (`width="content"`)."""
    st.html(f'<div class="ld">{body_html}</div>', **place)  # type: ignore[arg-type]
