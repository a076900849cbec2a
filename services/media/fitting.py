"""
A picture made to fit what a platform takes: cut to a shape, written as JPEG, small enough. Clips: `clips/`.

The source stays in the library as it is; what fits is a file of its own beside it.
"""

import io
from dataclasses import dataclass
from pathlib import PurePosixPath
from uuid import UUID

from PIL import Image

from services import identity
from services.kit.app import App
from services.kit.db import Scope
from services.media import queries
from services.media.addresses import asset_bytes
from services.media.checks.pictures import first_frame
from services.media.editing import edit_asset
from services.media.errors import AssetMissing, CannotFit
from services.media.models import Asset, Edit, Kind, Result
from services.media.rules import earlier_end
from services.media.storing import store_upload

_QUALITIES = (92, 85, 78, 70, 60)  # below 60 blocks are seen on lettering
_SMALLER = 0.85
_SIDE_MIN = 64


@dataclass(frozen=True)
class Wanted:
    """What has to hold: ratios of width to height, both included, and the most bytes; None is no limit."""

    ratio_min: float
    ratio_max: float
    bytes_max: int | None = None


def cut_size(width: int, height: int, wanted: Wanted) -> tuple[int, int]:
    """The largest part, in pixels, that has the nearest allowed shape; the same size where the shape is allowed."""
    ratio = width / height
    if ratio > wanted.ratio_max:
        return max(1, int(height * wanted.ratio_max)), height
    if ratio < wanted.ratio_min:
        return width, max(1, int(width / wanted.ratio_min))
    return width, height


def fitted(data: bytes, wanted: Wanted) -> bytes:
    """
    The middle of the picture in an allowed shape, as JPEG, within the bytes; of a moving one its first frame.

    What is transparent becomes white. Quality goes down first, then the size.

    :raises Damaged: it cannot be decoded
    :raises CannotFit: no picture worth showing is that small
    """
    source = first_frame(data)
    profile = source.info.get("icc_profile") if source.mode in ("RGB", "RGBA") else None
    image = _plain(source)
    width, height = cut_size(image.width, image.height, wanted)
    left, top = (image.width - width) // 2, (image.height - height) // 2
    image = image.crop((left, top, left + width, top + height))
    while True:
        for quality in _QUALITIES:
            out = io.BytesIO()
            image.save(out, "JPEG", quality=quality, optimize=True, icc_profile=profile)
            if wanted.bytes_max is None or out.tell() <= wanted.bytes_max:
                return out.getvalue()
        smaller = (int(image.width * _SMALLER), int(image.height * _SMALLER))
        if min(smaller) < _SIDE_MIN:
            raise CannotFit()
        image = image.resize(smaller, Image.Resampling.LANCZOS)


def _plain(image: Image.Image) -> Image.Image:
    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    ground = Image.new("RGB", seen.size, "white")
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground


def fit_asset(app: App, scope: Scope, asset_id: UUID, wanted: Wanted) -> Asset:
    """
    Make the file that fits, with the source's tags, alt text and rights; asked twice it gives the same one.

    :raises AssetMissing: not in the library of this organisation
    :raises CannotFit: it is a clip, or cannot be made small enough
    :raises RoleTooLow: the person may not add files
    """
    with app.tx(scope) as tx:
        identity.demand(tx, identity.Act.UPLOAD)
        source = queries.find_asset(tx, asset_id)
    if source is None:
        raise AssetMissing()
    if source.kind is not Kind.IMAGE:
        raise CannotFit()
    made = fitted(asset_bytes(app, source.file_key), wanted)
    outcome = store_upload(
        app, scope, source.brand_id, f"{PurePosixPath(source.original_name).stem} fitted.jpg", made,
        tags=source.tags, alt_text=source.alt_text, rights_end_on=source.rights_end_on,
    )  # fmt: skip
    if outcome.asset is None:
        raise CannotFit()
    ends_on = earlier_end(outcome.asset.rights_end_on, source.rights_end_on)
    if outcome.result is Result.ALREADY_HERE and outcome.asset.rights_end_on != ends_on:
        with app.tx(
            scope
        ) as tx:  # rights are the source's, whenever it was made, unless a person gave it an earlier end
            edit_asset(tx, outcome.asset.id, Edit(rights_end_on=ends_on))
    return outcome.asset
