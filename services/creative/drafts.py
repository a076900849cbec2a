"""Acts on drafts. Every change is saved as it is typed; a version is made when somebody is asked to decide."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from services import identity, media
from services.creative import render
from services.creative.errors import (
    DraftNotFound,
    EvidenceNotFound,
    FieldUnknown,
    LinkWrong,
    PictureGone,
    TextTooLong,
    WaitsForDecision,
)
from services.creative.models import Draft, DraftListing, Evidence
from services.creative.queries import drafts, evidence
from services.kit.db import Tx

NAME_MAX = 120
UNTITLED = "Untitled ad"
FILES_MOST = 35  # photos of one TikTok post, the most of any platform
WORDS_MAX = {"caption": 63_206, "link": 2_000, "alt_text": 1_000, "name": NAME_MAX}  # the longest any platform takes


def create_draft(
    tx: Tx,
    brand_id: UUID,
    *,
    name: str = UNTITLED,
    template: str = "",
    evidence_of: UUID | None = None,
    draft_id: UUID | None = None,
    wanted_at: datetime | None = None,
) -> Draft:
    """
    Start an ad, with a competitor's ad as evidence where one is named.

    :param draft_id: chosen beforehand by who must not start two: the second call gives the first one's draft
    :raises RoleTooLow: the person may not make ads
    :raises EvidenceNotFound: the named ad is not visible
    """
    identity.demand(tx, identity.Act.MAKE)
    chosen = render.template(template) if template else render.templates()[0]
    made = draft_id or tx.new_id()
    if drafts.insert(tx, made, brand_id, name[:NAME_MAX], chosen.name, {}, wanted_at):
        if evidence_of:
            attach_evidence(tx, made, evidence_of)
        identity.audit(tx, "created", "draft", made)
    return draft(tx, made)


def draft(tx: Tx, draft_id: UUID) -> Draft:
    """:raises DraftNotFound: no such draft in this organisation"""
    found = drafts.one(tx, draft_id)
    if found is None:
        raise DraftNotFound()
    return found


def list_drafts(tx: Tx, limit: int = 60) -> list[DraftListing]:
    """The newest drafts first."""
    return drafts.newest(tx, limit)


def save_draft(tx: Tx, draft_id: UUID, fields: Mapping[str, str] | None = None, **words: str) -> int:
    """
    Save what was typed: template fields by name, and any of name, template, caption, link, alt_text.

    Only what is passed is written. Returns the draft's new revision.

    :raises FieldUnknown: a field the template does not have
    :raises TextTooLong: longer than any channel takes
    :raises LinkWrong: the link is no https address
    """
    identity.demand(tx, identity.Act.MAKE)
    now = draft(tx, draft_id)
    known = {field.name for field in render.template(words.get("template", now.template)).fields}
    unknown = set(fields or {}) - known
    if unknown:
        raise FieldUnknown(f"The template has no field “{min(unknown)}”.")
    for key, text in words.items():
        if len(text) > WORDS_MAX.get(key, NAME_MAX):
            raise TextTooLong(f"{key.replace('_', ' ').capitalize()}: {len(text)} characters, {WORDS_MAX[key]} fit.")
    link = words.get("link", "")
    if link and (not link.startswith("https://") or any(sign.isspace() for sign in link)):
        raise LinkWrong()
    return merged(tx, draft_id, dict(fields or {}), words)


def save_for_channel(tx: Tx, draft_id: UUID, platform: str, changes: Mapping[str, str]) -> int:
    """
    Save what differs on one platform: text, format, first_comment, cover (a picture's id), and a format's own settings;
    empty is as anywhere. Returns the draft's new revision.

    :raises TextTooLong: longer than any channel takes
    :raises PictureGone: the cover is no picture of the library
    """
    identity.demand(tx, identity.Act.MAKE)
    if changes.get("cover") and not _is_picture(tx, changes["cover"]):
        raise PictureGone("A cover is a picture of the library. Choose another.")
    for name, text in changes.items():
        if len(text) > WORDS_MAX["caption"]:
            raise TextTooLong(f"{name.replace('_', ' ').capitalize()}: {len(text)} characters are too many.")
    kept = {name: text for name, text in changes.items() if text}
    revision = drafts.merge_channel(tx, draft_id, platform, kept, [name for name in changes if name not in kept])
    if revision is None:
        raise DraftNotFound()
    return revision


def _is_picture(tx: Tx, asset_id: str) -> bool:
    try:
        found = media.find_asset(tx, UUID(asset_id))
    except ValueError:
        return False
    return found is not None and found.kind is media.Kind.IMAGE


def choose_media(tx: Tx, draft_id: UUID, media_ids: Sequence[UUID]) -> int:
    """
    The files of a post from the library, in order; returns the draft's new revision.

    :raises PictureGone: a file is not in the library
    :raises TextTooLong: more files than any channel takes
    """
    identity.demand(tx, identity.Act.MAKE)
    wanted = list(dict.fromkeys(media_ids))
    if len(wanted) > FILES_MOST:
        raise TextTooLong(f"{len(wanted)} files are more than any channel takes: {FILES_MOST} at most.")
    if len(media.find_assets(tx, wanted)) != len(wanted):
        raise PictureGone()
    revision = drafts.set_media(tx, draft_id, wanted)
    if revision is None:
        raise DraftNotFound()
    return revision


def want_draft(tx: Tx, draft_id: UUID, wanted_at: datetime | None) -> None:
    """
    Note when a draft should go out: a wish, which plans nothing. None takes it back.

    :raises DraftNotFound: not in this organisation, or archived
    :raises WaitsForDecision: somebody is asked to decide on it, with the time as it is
    """
    identity.demand(tx, identity.Act.MAKE)
    if drafts.lock(tx, draft_id) is None:
        raise DraftNotFound()
    if drafts.waits(tx, draft_id):
        raise WaitsForDecision()
    drafts.set_wanted(tx, draft_id, wanted_at)


def replace_media(tx: Tx, draft_id: UUID, old_id: UUID, new_id: UUID) -> int:
    """Put another file of the library in a file's place; returns the draft's new revision. Raises as `choose_media`."""
    ids = draft(tx, draft_id).media_ids
    return choose_media(tx, draft_id, [new_id if one == old_id else one for one in ids])


def merged(tx: Tx, draft_id: UUID, fields: dict[str, str], words: dict[str, str]) -> int:
    """Write into a draft; returns its new revision. :raises DraftNotFound: archived meanwhile"""
    revision = drafts.merge(tx, draft_id, fields, words)
    if revision is None:
        raise DraftNotFound()
    return revision


def archive_draft(tx: Tx, draft_id: UUID) -> None:
    """
    Take a draft off the list; its versions and what was published stay.

    :raises WaitsForDecision: somebody is asked to decide on it
    """
    identity.demand(tx, identity.Act.MAKE)
    if drafts.lock(tx, draft_id) is None:
        raise DraftNotFound()
    if drafts.waits(tx, draft_id):
        raise WaitsForDecision()
    drafts.archive(tx, draft_id)
    identity.audit(tx, "archived", "draft", draft_id)


def unarchive_draft(tx: Tx, draft_id: UUID) -> None:
    """Put an archived draft back on the list; one that is there stays there."""
    identity.demand(tx, identity.Act.MAKE)
    drafts.unarchive(tx, draft_id)
    draft(tx, draft_id)
    identity.audit(tx, "unarchived", "draft", draft_id)


def attach_evidence(tx: Tx, draft_id: UUID, ad_id: UUID) -> None:
    """Attach a competitor's ad as inspiration; attaching twice changes nothing."""
    identity.demand(tx, identity.Act.MAKE)
    draft(tx, draft_id)
    if not evidence.ad_exists(tx, ad_id):
        raise EvidenceNotFound()
    evidence.insert(tx, draft_id, ad_id)


def detach_evidence(tx: Tx, draft_id: UUID, ad_id: UUID) -> None:
    identity.demand(tx, identity.Act.MAKE)
    draft(tx, draft_id)
    evidence.delete(tx, draft_id, ad_id)


def evidence_of(tx: Tx, draft_id: UUID) -> list[Evidence]:
    return evidence.of_draft(tx, draft_id)
