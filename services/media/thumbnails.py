"""Small pictures and leading colours, made ahead of the first look."""

import io
from collections import Counter
from uuid import UUID

from PIL import Image

from services.kit.app import App
from services.kit.db import Scope
from services.media import queries
from services.media.addresses import asset_bytes
from services.media.checks.clips import first_picture
from services.media.checks.pictures import first_frame
from services.media.models import Asset, Kind
from services.media.stores.keys import make_key

LONG_SIDE = 640
COLOURS = 5


def make_thumbnail(app: App, scope: Scope, asset_id: UUID) -> None:
    """
    Make and record what the shelf shows of a file; does nothing where that is done, or the file is gone.

    :raises FileMissing: the row is there, its bytes are not
    """
    with app.tx(scope) as tx:
        asset = queries.find_asset(tx, asset_id)
        org_id = tx.org_id
    if asset is None or asset.thumb_key is not None:
        return
    picture = _first_picture(asset, asset_bytes(app, asset.file_key))
    small = shrunk(picture)
    key = make_key(org_id, app.ids.new(), "webp")
    app.files.put(key, io.BytesIO(webp(small)), "image/webp")
    try:
        with app.tx(scope) as tx:
            is_ours = queries.mark_thumbnail(tx, asset_id, key, leading_colours(small))
    except BaseException:
        app.files.delete([key])
        raise
    if not is_ours:
        app.files.delete([key])


def _first_picture(asset: Asset, data: bytes) -> Image.Image:
    if asset.kind is Kind.VIDEO:
        return first_picture(data, asset.file_key.rpartition(".")[2])
    return first_frame(data)


def shrunk(picture: Image.Image) -> Image.Image:
    """At most 640 pixels on its long side, RGB or RGBA, never enlarged."""
    see_through = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    small = picture.convert("RGBA" if see_through else "RGB")
    small.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return small


def webp(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=80, method=4)
    return out.getvalue()


def leading_colours(picture: Image.Image) -> list[str]:
    """Up to five colours as `#rrggbb`, the one that covers most first; what is see-through does not count."""
    tiny = picture.convert("RGBA")
    tiny.thumbnail((96, 96))
    rgb, alpha = tiny.convert("RGB").tobytes(), tiny.getchannel("A").tobytes()
    seen = b"".join(rgb[3 * at : 3 * at + 3] for at, opacity in enumerate(alpha) if opacity >= 128)
    if not seen:
        return []
    flat = Image.frombytes("RGB", (len(seen) // 3, 1), seen).quantize(COLOURS, method=Image.Quantize.MEDIANCUT)
    palette = bytes(flat.getpalette() or [])
    shares = Counter(flat.tobytes()).most_common()
    found = ["#" + palette[3 * index : 3 * index + 3].hex() for index, _ in shares]
    return list(dict.fromkeys(found))
