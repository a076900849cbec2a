"""The words of a preview: cut where the platform cuts them, tags and names in its link colour. Safe HTML."""

import re
from urllib.parse import urlsplit

from pages.parts.markup import esc
from pages.parts.previews.shown import Shown

_MARKED = re.compile(r"(@\[[^\[\]\n]+\]|(?<![\w&/])[#@]\w+(?:\.\w+)*|https?://[^\s<>\"']+)")
_NAMED = re.compile(r"@\[([^\[\]\n]+)\]\([^()\s]+\)")


def rich(text: str, *, links: bool = True) -> str:
    """
    Line breaks kept. A mention by name, `@[Name]`, is the name alone.

    `links`: does the platform make addresses in a text clickable?
    """
    parts = _MARKED.split(text)
    drawn = [
        f'<span class="tg">{esc(_seen(part))}</span>' if place % 2 and (links or part[0] in "#@") else esc(part)
        for place, part in enumerate(parts)
    ]
    return "".join(drawn).replace("\n", "<br>")


def _seen(part: str) -> str:
    return part[2:-1] if part.startswith("@[") else part


def named(text: str) -> str:
    """The text with mentions by name and address, `@[Name](address)`, as readers see them: `@[Name]`."""
    return _NAMED.sub(r"@[\1]", text)


def cut(text: str, limit: int, lines: int = 0) -> tuple[str, bool]:
    """What is shown before the fold, and whether something is left; 0 characters or lines are no limit."""
    shown = "\n".join(text.split("\n")[:lines]) if lines else text
    if limit and len(shown) > limit:
        head = shown[:limit]
        shown = head.rsplit(" ", 1)[0] if " " in head else head
        name_at = shown.rfind("@[")
        if name_at > 0 and "]" not in shown[name_at:]:  # never in the middle of a name
            shown = shown[:name_at].rstrip()
    return shown, shown != text


def fold(text: str, limit: int, more: str, *, lines: int = 0, links: bool = True) -> str:
    """The text up to where the platform folds it, then its own word for more."""
    shown, is_cut = cut(text, limit, lines)
    return rich(shown, links=links) + (f'… <span class="m">{esc(more)}</span>' if is_cut else "")


def folded(v: Shown, more: str, *, links: bool = True) -> str:
    """The text of a post up to its platform's fold."""
    return fold(v.text, v.fold, more, lines=v.fold_lines, links=links)


def domain(link: str) -> str:
    """The host that a card names; empty where the link has none."""
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def comment(v: Shown) -> str:
    """The first comment, under the post."""
    if not v.comment.strip():
        return ""
    said = f"<b>{esc(v.handle)}</b> {rich(v.comment)}"
    return f'<div class="c fc" dir="auto"><div class="g">First comment</div>{said}</div>'
