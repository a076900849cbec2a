"""Acts that add files: check the content, store the bytes, record the row."""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import BinaryIO
from uuid import UUID

from services import identity
from services.events import AssetStored
from services.kit.app import App
from services.kit.crypto import sha256_hex
from services.kit.db import Scope, Tx
from services.kit.errors import ProviderError, UserError
from services.kit.files import StoredFile
from services.media import queries
from services.media.checks import Checked, check_file, check_made_clip, plain_name
from services.media.models import Asset, Outcome, Result, Source
from services.media.rules import clean_tags
from services.media.stores.keys import make_key


def store_upload(
    app: App,
    scope: Scope,
    brand_id: UUID | None,
    name: str,
    data: bytes,
    *,
    source: Source = Source.UPLOAD,
    tags: Sequence[str] = (),
    alt_text: str = "",
    rights_end_on: date | None = None,
) -> Outcome:
    """
    Add one file to the library, or recognise it as already there.

    The same bytes added twice give the same asset; what was given with the second upload is then not used.

    :param name: as it came; never used as a path
    :raises FileRefused: empty, too large, damaged, or no picture or video
    :raises RoleTooLow: the person may not add files
    :raises ProviderError: the store could not take it; nothing is recorded
    """
    wanted = clean_tags(tags)
    act = identity.Act.MAKE if source is Source.AD else identity.Act.UPLOAD
    with app.tx(scope) as tx:
        identity.demand(tx, act)
        same = queries.find_same(tx, brand_id, source, sha256_hex(data))
    if same is not None:
        return Outcome(name=plain_name(name), result=Result.ALREADY_HERE, asset=same)
    checked = check_file(name, data, app.settings.upload_limit_mb)
    return _keep(app, scope, brand_id, source, checked, io.BytesIO(checked.data), wanted, alt_text, rights_end_on)


def store_made_clip(
    app: App, scope: Scope, like: Asset, name: str, file: io.BufferedReader, made_by: UUID | None = None
) -> Asset:
    """
    Keep an MP4 clip made here of a file of the library, with its brand, tags, alt text and rights; read piece by piece.

    :raises FileRefused: too large, or it cannot be read to its end
    """
    checked = check_made_clip(plain_name(name), file, app.settings.upload_limit_mb)
    with app.tx(scope) as tx:
        identity.demand(tx, identity.Act.UPLOAD)
        same = queries.find_same(tx, like.brand_id, Source.UPLOAD, checked.original_sha256)
    if same is not None:
        return same
    file.seek(0)
    terms = (like.tags, like.alt_text, like.rights_end_on)
    kept = _keep(app, scope, like.brand_id, Source.UPLOAD, checked, file, *terms, made_by=made_by).asset
    if kept is None:
        raise LookupError(name)
    return kept


def _keep(
    app: App,
    scope: Scope,
    brand_id: UUID | None,
    source: Source,
    checked: Checked,
    body: BinaryIO,
    tags: tuple[str, ...],
    alt_text: str,
    rights_end_on: date | None,
    made_by: UUID | None = None,
) -> Outcome:
    """Store what was checked, then record it; where the record fails, nothing stays in the store."""
    asset_id = app.ids.new()
    key = make_key(_org(scope), asset_id, checked.extension)
    stored = app.files.put(key, body, checked.content_type)
    try:
        with app.tx(scope) as tx:
            asset = _asset(tx, asset_id, brand_id, source, checked, stored, tags, alt_text, rights_end_on)
            asset = asset.model_copy(update={"created_by": made_by}) if made_by else asset
            is_new = _record(tx, asset)
            kept = asset if is_new else queries.find_same(tx, brand_id, source, checked.original_sha256)
    except BaseException:
        app.files.delete([key])
        raise
    if is_new:
        return Outcome(name=checked.name, result=Result.STORED, asset=kept, note=checked.note)
    app.files.delete([key])  # another tab added the same file meanwhile
    return Outcome(name=checked.name, result=Result.ALREADY_HERE, asset=kept)


def store_many(
    app: App, scope: Scope, brand_id: UUID | None, files: Iterable[tuple[str, bytes]], *, tags: Sequence[str] = ()
) -> list[Outcome]:
    """Add files one after the other; each gives one outcome, and a refused one stops nothing."""
    outcomes = []
    for name, data in files:
        try:
            outcomes.append(store_upload(app, scope, brand_id, name, data, tags=tags))
        except (UserError, ProviderError) as error:
            outcomes.append(Outcome(name=plain_name(name), result=Result.REFUSED, note=error.sentence))
    return outcomes


def store_rendered(
    app: App, scope: Scope, brand_id: UUID, name: str, jpeg: bytes, *, alt_text: str = "", tags: Sequence[str] = ()
) -> Asset:
    """
    Keep an ad rendered here. The same bytes give the same asset, so that rendering twice adds nothing.

    :raises FileRefused: the bytes are no picture
    """
    outcome = store_upload(app, scope, brand_id, name, jpeg, source=Source.AD, alt_text=alt_text, tags=tags)
    if outcome.asset is None:
        raise LookupError(name)
    return outcome.asset


def _record(tx: Tx, asset: Asset) -> bool:
    if not queries.insert_asset(tx, asset):
        return False
    identity.audit(tx, "stored", "asset", asset.id, source=asset.source, kind=asset.kind)
    tx.emit(AssetStored(asset.id))
    return True


def _asset(
    tx: Tx,
    asset_id: UUID,
    brand_id: UUID | None,
    source: Source,
    checked: Checked,
    stored: StoredFile,
    tags: tuple[str, ...],
    alt_text: str,
    rights_end_on: date | None,
) -> Asset:
    return Asset(
        id=asset_id,
        brand_id=brand_id,
        kind=checked.kind,
        source=source,
        original_name=checked.name,
        file_key=stored.key,
        thumb_key=None,
        content_type=checked.content_type,
        size_bytes=stored.size_bytes,
        sha256=stored.sha256,
        original_sha256=checked.original_sha256,
        width=checked.width,
        height=checked.height,
        duration_seconds=checked.duration_seconds,
        colours=(),
        tags=tags,
        alt_text=alt_text.strip(),
        rights_end_on=rights_end_on,
        created_by=tx.user_id,
        created_at=tx.now,
    )


def _org(scope: Scope) -> UUID:
    if scope.org_id is None:
        raise LookupError("a file belongs to an organisation")
    return scope.org_id
