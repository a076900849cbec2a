"""What helps to decide: checks, what changed since the last version, the evidence behind the ad."""

from collections.abc import Mapping, Sequence
from datetime import date

from pages.parts import creator_evidence, doors, reads
from pages.parts.approvals_opened import Opened
from pages.parts.approvals_when import Plan, named
from pages.parts.diff import word_diff
from pages.parts.look import card, card_head
from pages.parts.markup import chip, esc, html, icon
from pages.parts.preview_of import spec_for
from pages.parts.tokens import CHANNELS
from services import accounts, creative, media
from services.kit.text import counted

Check = tuple[bool, str]
"""Whether it is fine, and the sentence."""
_PAIRS_MAX = 4


def checks_card(opened: Opened, plan: Plan, assets: Sequence[media.Asset]) -> None:
    """Everything a machine can look at, for the chosen channels and day."""
    found = checks(opened, plan.channels or opened.channels, assets, plan.due_at.date())
    fine = sum(ok for ok, _ in found)
    tone = "green" if fine == len(found) else "orange"
    symbol = "check_circle" if fine == len(found) else "warning"
    with card("approvals-checks", gap="small"):
        card_head("Checks", right_html=chip(f"{fine} of {len(found)}", tone, symbol))
        html("".join(_line(*one) for one in found))


def _line(ok: bool, sentence: str) -> str:
    sign = icon("check_circle", "green") if ok else icon("warning", "orange")
    return f'<div class="warn">{sign}<span>{esc(sentence)}</span></div>'


def checks(
    opened: Opened, channels: Sequence[accounts.Channel], assets: Sequence[media.Asset], on: date
) -> list[Check]:
    """The checks, one sentence each."""
    found: list[Check] = []
    for channel in channels:
        content, problems = opened.contents.get(channel.id), opened.problems.get(channel.id, ())
        found += [(False, sentence) for sentence in problems]
        if not problems:
            found.append((True, f"Fits {named(channel)}"))
        spec = spec_for(content) if content else None
        if content and spec and spec.fold and len(content.text) > spec.fold:
            whole = _ends_well(content.text[: spec.fold])
            words = "after a whole sentence" if whole else "in the middle of a sentence"
            found.append((whole, f"{spec.label} folds the text {words}"))
    intact = reads.are_intact(doors.scope(), tuple((one.file_key, one.sha256) for one in opened.version.media))
    found.append((intact, "Stored pictures are the ones that were drawn" if intact else "A stored picture was changed"))
    rights = [sentence for asset in assets if (sentence := media.rights_problem(asset, on))]
    found += [(False, sentence) for sentence in rights] or [(True, "Rights to the pictures last")]
    silent = sum(one.is_picture and not one.alt_text.strip() for one in opened.version.files)
    found.append((not silent, "Alt text is set" if not silent else f"Pictures without alt text: {silent}"))
    found.append((True, "Link is https" if opened.version.link else "No link"))
    return found


def _ends_well(text: str) -> bool:
    return text.rstrip().endswith((".", "!", "?", "…", "\n")) or text.endswith("\n")


def changed_card(opened: Opened) -> None:
    """Word by word, what is different from the version before."""
    before, now = opened.before, opened.version
    if before is None:
        return
    with card("approvals-changed", gap="small"):
        card_head(f"Changed since v{before.number}")
        lines = [
            f'<div class="lab">{esc(label)}</div>{word_diff(old, new)}'
            for label, old, new in texts(before, now)
            if old != new
        ]
        if before.template != now.template:
            names = [creative.template(one.template).label for one in (before, now)]
            lines.append(f'<div class="lab">Template</div>{word_diff(*names)}')
        if any(
            before.fields.get(one.name) != now.fields.get(one.name) for one in creative.picture_fields(now.template)
        ):
            lines.append('<div class="warn">' + icon("image") + "<span>The picture is another one.</span></div>")
        if now.is_post and [one.sha256 for one in before.media] != [one.sha256 for one in now.media]:
            lines.append('<div class="warn">' + icon("image") + "<span>The files are others now.</span></div>")
        lines.append(_side_by_side(before, now))
        html("".join(lines) or '<div class="mut">The words are the same; the pictures were drawn anew.</div>')


def _side_by_side(before: creative.Version, now: creative.Version) -> str:
    """Each picture or clip that changed, before on the left and now on the right; empty where none did."""
    old, new = ({one.placement: one for one in version.media} for version in (before, now))
    changed = [
        place
        for place in dict.fromkeys([*new, *old])
        if (old[place].sha256 if place in old else "") != (new[place].sha256 if place in new else "")
    ]
    if not now.is_post and "feed" in changed:
        changed = ["feed"]  # the other sizes are drawn from the same words and picture
    keys = [one.file_key for place in changed[:_PAIRS_MAX] for one in (old.get(place), new.get(place)) if one]
    where = media.addresses(doors.app(), keys)
    pairs = [
        f'<div class="lab">{esc(place)}</div><div class="row" style="align-items:flex-start;gap:10px">'
        f"{_half(f'v{before.number}', old.get(place), where)}{_half(f'v{now.number}', new.get(place), where)}</div>"
        for place in changed[:_PAIRS_MAX]
    ]
    more = f'<div class="mut">{len(changed) - _PAIRS_MAX} more</div>' if len(changed) > _PAIRS_MAX else ""
    return "".join(pairs) + more


def _half(words: str, placed: creative.Placed | None, where: Mapping[str, str]) -> str:
    if placed is None:
        drawn = '<div class="mut">Not there</div>'
    elif placed.content_type.startswith("video/"):
        drawn = (
            f'<video src="{esc(where[placed.file_key])}" controls muted preload="metadata" style="width:100%"></video>'
        )
    else:
        source, alt = esc(where[placed.file_key]), esc(placed.alt_text)
        drawn = f'<img src="{source}" alt="{alt}" style="width:100%;border-radius:8px">'
    return f'<div style="flex:1 1 0;min-width:0"><div class="mut">{esc(words)}</div>{drawn}</div>'


def texts(before: creative.Version, now: creative.Version) -> list[tuple[str, str, str]]:
    """Label, old and new text of everything that is read."""
    pictures = {one.name for one in creative.picture_fields(now.template)}
    fields = [one for one in creative.template(now.template).fields if one.name not in pictures]
    found = [(one.label, before.fields.get(one.name, ""), now.fields.get(one.name, "")) for one in fields]
    words = (("Caption", "caption"), ("Link", "link"), ("Alt text", "alt_text"), ("Name", "name"))
    found += [(label, getattr(before, key), getattr(now, key)) for label, key in words]
    return found + [(label, *pair) for label, pair in _per_channel(before, now).items()]


def _per_channel(before: creative.Version, now: creative.Version) -> dict[str, tuple[str, str]]:
    """What differs on one platform: its own words and settings, by a label."""
    found = {}
    for platform in sorted({*before.per_channel, *now.per_channel}):
        old, new = before.per_channel.get(platform, {}), now.per_channel.get(platform, {})
        name = CHANNELS[platform].name if platform in CHANNELS else platform
        for key in sorted({*old, *new} - {"cover"}):  # a picture: shown side by side
            found[f"{name}: {key.replace('_', ' ')}"] = (old.get(key, ""), new.get(key, ""))
    return found


def evidence_card(evidence: Sequence[creative.Evidence]) -> None:
    """The competitors' ads behind this one."""
    if not evidence:
        return
    who = len({one.advertiser for one in evidence})
    with card("approvals-evidence", gap="small"):
        card_head("Evidence", right_html=chip(counted(who, "advertiser"), "violet", "hub"))
        for one in evidence:
            html(creator_evidence.proof(one))
