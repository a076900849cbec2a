"""Where a text of the ad creator is stored: a field of the template, a word of the draft, or one platform's own."""

from uuid import UUID

from services import creative
from services.kit.db import Tx

_FIELD, _ON = "field-", "on-"


def field(name: str) -> str:
    """The name here of a template's field."""
    return _FIELD + name


def on(platform: str, name: str) -> str:
    """The name here of a text that one platform has of its own."""
    return f"{_ON}{platform}-{name}"


def stored(draft: creative.Draft, name: str) -> str:
    """The stored text of a field."""
    if name.startswith(_ON):
        _, platform, own = name.split("-", 2)
        return draft.per_channel.get(platform, {}).get(own, "")
    if name.startswith(_FIELD):
        return draft.fields.get(name.removeprefix(_FIELD), "")
    return str(getattr(draft, name))


def write(tx: Tx, draft_id: UUID, name: str, text: str) -> None:
    """
    Save one field. A name nobody chose follows the headline.

    :raises UserError: as `creative.save_draft`
    """
    if name.startswith(_ON):
        _, platform, own = name.split("-", 2)
        creative.save_for_channel(tx, draft_id, platform, {own: text})
        return
    if not name.startswith(_FIELD):
        creative.save_draft(tx, draft_id, **{name: text})
        return
    inside = name.removeprefix(_FIELD)
    words = {}
    if inside == "headline":
        now = creative.draft(tx, draft_id)
        if now.name in (creative.UNTITLED, _title(now.fields.get("headline", ""))):
            words["name"] = _title(text)
    creative.save_draft(tx, draft_id, {inside: text}, **words)


def _title(headline: str) -> str:
    return " ".join(headline.split()).rstrip(".!")[: creative.NAME_MAX] or creative.UNTITLED
