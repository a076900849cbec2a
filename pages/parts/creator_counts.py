"""How long the words are on each platform, by its own rule, and what they cost where posting costs."""

from collections.abc import Sequence

from pages.parts.preview_of import spec_for
from pages.parts.writing import Limit
from services import accounts, approvals, creative, publishing

_PLATFORMS = ("instagram", "facebook")  # counted for where the brand has connected nothing yet


def of_caption(as_is: creative.Version, channels: Sequence[accounts.Channel]) -> list[Limit]:
    """One counter for each platform that the caption reaches: not where it has words of its own, or takes none."""
    by_platform = {one.platform: one for one in reversed(channels)}
    if not by_platform:
        return [_unconnected(as_is, platform) for platform in _PLATFORMS]
    found = []
    for platform in dict.fromkeys(one.platform for one in channels):
        if not as_is.per_channel.get(platform, {}).get("text"):
            swaps = [(f"@[{name}]", creative.mention_on(name, own, platform)) for name, own in as_is.mentions.items()]
            found += of_content(approvals.compose(as_is, by_platform[platform]), swaps)
    return found


def of_content(content: approvals.SealedContent, swaps: Sequence[tuple[str, str]] = ()) -> list[Limit]:
    """
    The counter of what one account would get; none where the format takes no words or is not known.

    :param swaps: mentions as they are written, and as this platform gets them
    """
    spec = spec_for(content)
    if spec is None or not approvals.has_words(content.platform, content.settings.get("format", "")):
        return []
    link = "" if spec.links_apart else content.link
    alts = sum(bool(one.alt_text) and not one.is_video for one in content.media)
    return [_limit(spec, content.text, link, money(spec.cost(content.text, alts)) if spec.cost else "", swaps)]


def money(thousandths: int) -> str:
    """Thousandths of a US dollar as a person reads them: "$0.015"."""
    return f"${thousandths / 1000:.3f}"


def _limit(
    spec: publishing.PlatformSpec, text: str, link: str, note: str = "", swaps: Sequence[tuple[str, str]] = ()
) -> Limit:
    tail = spec.count(f"x\n\n{link}") - spec.count("x") if link else 0
    return Limit(spec.platform, spec.text_max, spec.count(text), spec.unit, tail, spec.count(link), note, tuple(swaps))


def _unconnected(as_is: creative.Version, platform: str) -> Limit:
    link = approvals.tracked(as_is.link, as_is.id, as_is.id)
    words = "\n\n".join(part for part in (as_is.caption.strip(), link) if part)
    return _limit(publishing.spec_of(platform), words, link)
