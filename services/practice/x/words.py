"""How X gives a post's words back: links as t.co, a link to the media at the end, `&`, `<` and `>` escaped."""

import hashlib
from html import escape
from typing import Any

from services.kit.x_text import link_spans
from services.practice.accepted import Post


def shown(post: Post) -> str:
    """The words as every answer has them."""
    return _told(post)[0]


def entities(post: Post) -> dict[str, Any]:
    """The links in `shown`, with what they stand for; `start` and `end` count characters."""
    urls = _told(post)[1]
    return {"urls": urls} if urls else {}


def _told(post: Post) -> tuple[str, list[dict[str, Any]]]:
    out, end = "", 0
    urls: list[dict[str, Any]] = []
    for start, stop in link_spans(post.caption):
        out += _escaped(post.caption[end:start])
        link = post.caption[start:stop]
        full = link if "://" in link else f"http://{link}"
        out, entity = _with_link(out, post, len(urls), expanded_url=full, unwound_url=full)
        urls.append(entity)
        end = stop
    out += _escaped(post.caption[end:])
    for key in post.details.get("media_keys", "").split()[:1]:
        out = f"{out} " if out else out
        page = f"https://x.com{post.path.removeprefix('/x')}/{'video' if post.format == 'video' else 'photo'}/1"
        out, entity = _with_link(out, post, len(urls), expanded_url=page, media_key=key)
        urls.append(entity)
    return out, urls


def _with_link(out: str, post: Post, number: int, **more: str) -> tuple[str, dict[str, Any]]:
    short = f"https://t.co/{hashlib.sha256(f'{post.id}/{number}'.encode()).hexdigest()[:10]}"
    return out + short, {"start": len(out), "end": len(out) + len(short), "url": short, **more}


def _escaped(text: str) -> str:
    return escape(text, quote=False)
