"""Which drawing a platform and format has."""

from collections.abc import Callable, Mapping

from pages.parts.previews import feeds, others, upright
from pages.parts.previews.shown import Shown

_BY_PLATFORM: Mapping[str, Callable[[Shown], str]] = {
    "instagram": feeds.instagram,
    "facebook": feeds.facebook,
    "tiktok": upright.tiktok,
    "linkedin": feeds.linkedin,
    "pinterest": others.pinterest,
    "x": others.x,
    "youtube": others.youtube,
}
_BY_FORMAT: Mapping[tuple[str, str], Callable[[Shown], str]] = {
    ("instagram", "story"): upright.story,
    ("instagram", "reel"): upright.reel,
    ("facebook", "reel"): upright.reel,
    ("youtube", "short"): upright.short,
}


def preview(platform: str, shown: Shown) -> str:
    """The post as its platform shows it, in a well. Safe HTML."""
    draw = _BY_FORMAT.get((platform, shown.form)) or _BY_PLATFORM.get(platform, others.unknown)
    return f'<div class="well">{draw(shown)}</div>'
