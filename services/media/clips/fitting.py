"""A clip of the library made to fit what a platform takes; the source stays as it is, what fits stands beside it."""

import tempfile
from datetime import date
from pathlib import Path, PurePosixPath
from uuid import UUID

from services import identity
from services.kit.app import App
from services.kit.db import Scope
from services.media import queries
from services.media.checks.clips import READERS
from services.media.clips.making import Told, make_clip
from services.media.clips.wanted import ClipWanted
from services.media.editing import edit_asset
from services.media.errors import AssetMissing, CannotFit
from services.media.models import Asset, Edit, Kind
from services.media.rules import earlier_end
from services.media.storing import store_made_clip


def fit_clip(
    app: App, scope: Scope, asset_id: UUID, wanted: ClipWanted, told: Told, made_by: UUID | None = None
) -> Asset:
    """
    Make the clip that fits, with the source's tags, alt text and rights. Takes about as long as the clip: a job.

    :param told: hears seconds made and seconds in all, about every second of the clip; what it raises ends the work
    :raises AssetMissing: not in the library of this organisation
    :raises CannotFit: it is no clip, or cannot be made that small
    :raises Damaged: a part that is wanted cannot be decoded
    """
    with app.tx(scope) as tx:
        identity.demand(tx, identity.Act.UPLOAD)
        source = queries.find_asset(tx, asset_id)
    if source is None:
        raise AssetMissing()
    if source.kind is not Kind.VIDEO or not source.duration_seconds:
        raise CannotFit("Only clips are made to fit here.")
    most = app.settings.upload_limit_mb * 1_000_000
    within = wanted.model_copy(update={"bytes_max": min(wanted.bytes_max or most, most)})
    reader = READERS[source.file_key.rpartition(".")[2]]
    with tempfile.TemporaryDirectory(prefix="loopdesk-clip-") as folder:
        out = Path(folder) / "made.mp4"
        with app.files.open(source.file_key) as file:
            make_clip(file, reader, (source.width, source.height), source.duration_seconds, within, out, told)
        with out.open("rb") as body:
            name = f"{PurePosixPath(source.original_name).stem} fitted.mp4"
            made = store_made_clip(app, scope, source, name, body, made_by)
    _same_rights(app, scope, made, source.rights_end_on)
    return made


def _same_rights(app: App, scope: Scope, made: Asset, ends_on: date | None) -> None:
    """The rights are the source's, whenever it was made, unless a person gave it an earlier end."""
    ends_on = earlier_end(made.rights_end_on, ends_on)
    if made.rights_end_on != ends_on:
        with app.tx(scope) as tx:
            edit_asset(tx, made.id, Edit(rights_end_on=ends_on))
