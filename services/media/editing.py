"""Acts on files that are there: tags, alt text, rights, deleting. All take one file or many."""

from collections.abc import Sequence
from uuid import UUID

from services import identity
from services.kit.db import Tx
from services.media import queries
from services.media.errors import AltTextTooLong, AssetInUse, AssetMissing
from services.media.models import Edit
from services.media.rules import ALT_TEXT_LIMIT, clean_tags


def edit_asset(tx: Tx, asset_id: UUID, edit: Edit) -> None:
    """
    Change one file.

    :raises AssetMissing: it is no longer there
    :raises TagWrong: a tag that cannot be
    :raises AltTextTooLong: over 1,000 characters
    """
    if not edit_assets(tx, [asset_id], edit):
        raise AssetMissing()


def edit_assets(tx: Tx, asset_ids: Sequence[UUID], edit: Edit) -> int:
    """Change many files alike; returns how many were there."""
    identity.demand(tx, identity.Act.UPLOAD)
    add, remove = clean_tags(edit.add_tags), clean_tags(edit.remove_tags)
    if edit.alt_text is not None and len(edit.alt_text) > ALT_TEXT_LIMIT:
        raise AltTextTooLong()
    there = queries.lock_assets(tx, asset_ids)
    if add or remove:
        queries.change_tags(tx, there, add, remove)
    if edit.alt_text is not None:
        queries.set_alt_text(tx, there, edit.alt_text.strip())
    if edit.rights_end_on is not None or edit.clear_rights_end:
        queries.set_rights_end(tx, there, edit.rights_end_on)
    for asset_id in there:
        identity.audit(tx, "changed", "asset", asset_id, rights_end_on=edit.rights_end_on or "")
    return len(there)


def delete_assets(tx: Tx, asset_ids: Sequence[UUID]) -> int:
    """
    Take files out of the library, all or none; returns how many were there.

    Their bytes stay: what was published must remain provable.

    :raises AssetInUse: one of them is part of work that waits or is planned; names it
    """
    identity.demand(tx, identity.Act.UPLOAD)
    there = queries.lock_assets(tx, asset_ids)
    for asset_id in there:
        busy = next((use for use in queries.uses(tx, asset_id) if use.is_busy), None)
        if busy is not None:
            asset = queries.find_asset(tx, asset_id)
            name = asset.original_name if asset else "A file"
            doing = "waits for a decision" if busy.post_id is None else "is planned or on its way"
            raise AssetInUse(f"{name} is used in “{busy.draft_name}”, which {doing}. Take that back first.")
    queries.mark_deleted(tx, there)
    for asset_id in there:
        identity.audit(tx, "deleted", "asset", asset_id)
    return len(there)
