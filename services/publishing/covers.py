"""The cover of a clip: a moment of it, or a picture. What each format takes of these stands in its `Cover`. Pure."""

from services.approvals import SealedContent, SealedMedia
from services.publishing.publisher import COVER_SECOND, Cover, PlatformSpec, Problem

_MEGABYTE = 1024 * 1024
_RATIO_TOLERANCE = 0.01
_SECONDS_DIGITS = 6


def moment_ms(text: str) -> int | None:
    """Milliseconds from seconds as people write them, such as 2.5 or 2,5; None for anything else."""
    whole, point, part = text.strip().replace(",", ".").partition(".")
    digits = whole + part
    if not (digits.isascii() and digits.isdecimal()) or len(whole) > _SECONDS_DIGITS or len(part) > 3:
        return None
    if point and not part:
        return None
    return int(f"{whole or '0'}{(part + '000')[:3]}")


def check_cover(spec: PlatformSpec, content: SealedContent) -> list[Problem]:
    """Why the platform would refuse the cover; empty where none was chosen, or it fits."""
    return [Problem("cover", f"{spec.label}: {one}") for one in (*_moment(spec, content), *_picture(spec, content))]


def _moment(spec: PlatformSpec, content: SealedContent) -> list[str]:
    told = content.settings.get(COVER_SECOND, "")
    if not told or spec.cover is None or not spec.cover.has_moment or content.cover is not None:
        return []
    at, length = moment_ms(told), content.media[0].duration_ms if content.media else 0
    if at is None or at % round(spec.cover.step * 1_000):
        kind = "a whole number of seconds, such as 2" if spec.cover.step >= 1 else "a number of seconds, such as 2.5"
        return [f"the cover's moment must be {kind}."]
    if length and at >= length:
        return [f"the cover's moment must lie within the clip's {length / 1000:.1f} s."]
    return []


def _picture(spec: PlatformSpec, content: SealedContent) -> list[str]:
    item, cover = content.cover, spec.cover
    if item is None:
        return []
    if cover is None or not cover.media_types:
        return [f"a {spec.format_label.lower()} takes no picture as its cover. Take it out."]
    found = []
    if item.content_type not in cover.media_types:
        kinds = " or ".join(kind.partition("/")[2].upper() for kind in cover.media_types)
        found.append(f"the cover must be {kinds}; this is {item.content_type}.")
    if not has_shape(cover, item):
        found.append(f"the cover does not have the right shape: {item.width} x {item.height}.")
    if item.width < cover.width_min:
        found.append(f"the cover needs at least {cover.width_min} pixels in width; this has {item.width}.")
    if item.byte_count > cover.bytes_max:
        size, most = item.byte_count / _MEGABYTE, cover.bytes_max / _MEGABYTE
        found.append(f"the cover may have {most:.0f} MB; this has {size:.1f} MB.")
    return found


def has_shape(cover: Cover, item: SealedMedia) -> bool:
    """Is the picture neither too wide nor too tall?"""
    return cover.ratio_min - _RATIO_TOLERANCE <= item.width / item.height <= cover.ratio_max + _RATIO_TOLERANCE
