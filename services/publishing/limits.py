"""Would the platform take this? Pure, from its `PlatformSpec`: asked while composing and when scheduling."""

import re

from services.approvals import SealedContent, SealedMedia
from services.publishing.publisher import PlatformSpec, Problem

_RATIO_TOLERANCE = 0.01  # 1200 x 628, the usual wide size, is 1.911


def check(spec: PlatformSpec, content: SealedContent) -> list[Problem]:
    """Every reason at once; empty when the platform would take it."""
    found = [*_text(spec, content.text), *_media_count(spec, len(content.media))]
    for item in content.media:
        found += _media(spec, item)
    return found


def _text(spec: PlatformSpec, text: str) -> list[Problem]:
    found = []
    if len(text) > spec.text_max:
        found.append(Problem("text", f"{spec.label} takes {spec.text_max} characters; this has {len(text)}."))
    hashtags = len(re.findall(r"(?<!\w)#\w+", text))
    if spec.hashtags_max is not None and hashtags > spec.hashtags_max:
        found.append(Problem("text", f"{spec.label} takes {spec.hashtags_max} hashtags; this has {hashtags}."))
    mentions = len(re.findall(r"(?<![\w.])@[\w.]+", text))
    if spec.mentions_max is not None and mentions > spec.mentions_max:
        found.append(Problem("text", f"{spec.label} takes {spec.mentions_max} mentions; this has {mentions}."))
    return found


def _media_count(spec: PlatformSpec, count: int) -> list[Problem]:
    if spec.media_min <= count <= spec.media_max:
        return []
    most = f"{spec.media_min} to {spec.media_max}" if spec.media_max > spec.media_min else str(spec.media_max)
    return [
        Problem("media", f"{spec.label} takes {most} {'picture' if most == '1' else 'pictures'}; this has {count}.")
    ]


def _media(spec: PlatformSpec, item: SealedMedia) -> list[Problem]:
    found = []
    if item.content_type not in spec.media_types:
        kinds = ", ".join(kind.partition("/")[2].upper() for kind in spec.media_types)
        found.append(Problem("media", f"{spec.label} takes {kinds}; this is {item.content_type}."))
    ratio = item.width / item.height
    if not spec.ratio_min - _RATIO_TOLERANCE <= ratio <= spec.ratio_max + _RATIO_TOLERANCE:
        found.append(Problem("media", f"{spec.label} does not take the shape {item.width} x {item.height}."))
    if item.width < spec.width_min:
        found.append(Problem("media", f"{spec.label} wants at least {spec.width_min} pixels in width."))
    if len(item.alt_text) > spec.alt_text_max:
        found.append(Problem("alt_text", f"{spec.label} takes {spec.alt_text_max} characters of alt text."))
    return found
