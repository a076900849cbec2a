"""Would the platform take this? Pure, from its `PlatformSpec`: asked while composing and when scheduling."""

import re

from services import creative
from services.approvals import SealedContent, SealedMedia
from services.publishing.covers import check_cover
from services.publishing.publisher import PlatformSpec, Problem
from services.publishing.registry import takes_comments

_RATIO_TOLERANCE = 0.01  # 1200 x 628, the usual wide size, is 1.911
_MEGABYTE = 1024 * 1024


def check(spec: PlatformSpec, content: SealedContent) -> list[Problem]:
    """Every reason at once; empty when the platform would take it."""
    found = [*_text(spec, content), *_settings(spec, content), *_media_count(spec, content.media)]
    for item in content.media:
        found += _media(spec, item)
    if content.first_comment and not takes_comments(spec.platform):
        found.append(Problem("first_comment", f"{spec.label} takes no first comment."))
    return found + check_cover(spec, content)


def _text(spec: PlatformSpec, content: SealedContent) -> list[Problem]:
    text, found = content.text, []
    length = spec.count(text)
    if length > spec.text_max:
        found.append(Problem("text", f"{spec.label} takes {spec.text_max} characters; this has {length}."))
    hashtags = len(re.findall(r"(?<!\w)#\w+", text))
    if spec.hashtags_max is not None and hashtags > spec.hashtags_max:
        found.append(Problem("text", f"{spec.label} takes {spec.hashtags_max} hashtags; this has {hashtags}."))
    mentions = len(re.findall(r"(?<![\w.])@[\w.]+", text))
    if spec.mentions_max is not None and mentions > spec.mentions_max:
        found.append(Problem("text", f"{spec.label} takes {spec.mentions_max} mentions; this has {mentions}."))
    for name in creative.tokens_in([text, content.first_comment]):
        found.append(Problem("text", f"{spec.label}: nobody called “{name}” is kept under Mentions."))
    if not content.media and not text.strip() and not (spec.links_apart and content.link):
        found.append(Problem("text", f"{spec.label}: there is nothing to post yet."))
    return found


def _settings(spec: PlatformSpec, content: SealedContent) -> list[Problem]:
    found = []
    for setting in spec.settings:
        value = content.settings.get(setting.name, "")
        if setting.required and not value.strip():
            found.append(Problem("settings", f"{spec.label}: “{setting.label}” is still open."))
        elif value and setting.choices and value not in {known for known, _ in setting.choices}:
            found.append(Problem("settings", f"{spec.label}: {setting.label.lower()} cannot be “{value[:40]}”."))
        elif setting.text_max and len(value) > setting.text_max:
            sentence = f"{spec.label}: {setting.label.lower()} has {len(value)} characters, {setting.text_max} fit."
            found.append(Problem("settings", sentence))
    return found


def _media_count(spec: PlatformSpec, media: tuple[SealedMedia, ...]) -> list[Problem]:
    count = len(media)
    if spec.media_min <= count <= spec.media_max:
        return []
    if spec.media_max == 0:
        return [Problem("media", f"{spec.label} takes no files in a {spec.format_label.lower()}; this has {count}.")]
    most = f"{spec.media_min} to {spec.media_max}" if spec.media_max > spec.media_min else str(spec.media_max)
    clips = all(kind.startswith("video/") for kind in spec.media_types)
    kind = ("clip" if clips else "picture") + ("" if most == "1" else "s")
    return [Problem("media", f"{spec.label} takes {most} {kind}; this has {count}.")]


def takes_shape(spec: PlatformSpec, item: SealedMedia) -> bool:
    """Is the picture or clip neither too wide nor too tall?"""
    return spec.ratio_min - _RATIO_TOLERANCE <= item.width / item.height <= spec.ratio_max + _RATIO_TOLERANCE


def _media(spec: PlatformSpec, item: SealedMedia) -> list[Problem]:
    found = []
    if item.content_type not in spec.media_types:
        kinds = ", ".join(kind.partition("/")[2].upper() for kind in spec.media_types) or "no files"
        found.append(Problem("media", f"{spec.label} takes {kinds}; this is {item.content_type}."))
    if not takes_shape(spec, item):
        found.append(Problem("media", f"{spec.label} does not take the shape {item.width} x {item.height}."))
    if item.width < spec.width_min:
        found.append(Problem("media", f"{spec.label} wants at least {spec.width_min} pixels in width."))
    if spec.bytes_max is not None and item.byte_count > spec.bytes_max:
        size, most = item.byte_count / _MEGABYTE, spec.bytes_max / _MEGABYTE
        found.append(Problem("media", f"{spec.label} takes files up to {most:.0f} MB; this has {size:.1f} MB."))
    if 0 < spec.alt_text_max < len(item.alt_text) and not item.is_video:
        found.append(Problem("alt_text", f"{spec.label} takes {spec.alt_text_max} characters of alt text."))
    return found + (_length(spec, item.duration_ms / 1000) if item.is_video and item.duration_ms else [])


def _length(spec: PlatformSpec, seconds: float) -> list[Problem]:
    if spec.seconds_min is not None and seconds < spec.seconds_min:
        sentence = f"{spec.label} wants clips of at least {spec.seconds_min:g} s; this has {seconds:.1f} s."
        return [Problem("media", sentence)]
    if spec.seconds_max is not None and seconds > spec.seconds_max:
        return [Problem("media", f"{spec.label} takes clips up to {spec.seconds_max:g} s; this has {seconds:.0f} s.")]
    return []
