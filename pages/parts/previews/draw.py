"""The drawings by the name that a format's limits give theirs (`PlatformSpec.look`)."""

from collections.abc import Callable, Mapping

from pages.parts.previews import feeds, others, upright
from pages.parts.previews.shown import Shown

LOOKS: Mapping[str, Callable[[Shown], str]] = {
    "photo_post": feeds.photo_post,
    "page_post": feeds.page_post,
    "network_post": feeds.network_post,
    "short_post": others.short_post,
    "pin": others.pin,
    "watch_page": others.watch_page,
    "story": upright.story,
    "reel": upright.reel,
    "clip": upright.clip,
    "short": upright.short,
}


def preview(look: str, shown: Shown) -> str:
    """The post as its platform shows it, in a well; plainly where there is no such drawing. Safe HTML."""
    return f'<div class="well">{LOOKS.get(look, others.unknown)(shown)}</div>'
