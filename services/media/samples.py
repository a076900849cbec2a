"""The sample workspace's pictures: free files that come with Loopdesk, marked as samples, removable in one act."""

from pathlib import Path
from uuid import UUID

from services import identity
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.media import queries
from services.media.models import Source
from services.media.storing import store_upload

FOLDER = Path(__file__).parent / "sample"
_ALT = {
    "ice-cream.jpg": "A hand holds a cone with strawberry and vanilla ice cream before an orange wall",
    "balloons-landscape.jpg": "Three hot-air balloons in a blue sky",
    "hand.jpg": "The shape of a hand cut out of a wall, leaves behind it",
    "balloons_square.jpg": "Many hot-air balloons rise over a festival",
    "flower.webm": "A flower moves in the wind",
}


def load_samples(app: App, scope: Scope, brand_id: UUID) -> int:
    """Add the sample files to the library; loading twice adds nothing. Returns how many are there."""
    for name, words in _ALT.items():
        data = (FOLDER / name).read_bytes()
        store_upload(app, scope, brand_id, name, data, source=Source.SAMPLE, tags=("sample",), alt_text=words)
    return len(_ALT)


def remove_samples(tx: Tx) -> int:
    """Take the sample files off the shelf, except those an ad uses by now; returns how many went."""
    identity.demand(tx, identity.Act.UPLOAD)
    removed = queries.delete_unused_samples(tx)
    identity.audit(tx, "removed samples", "assets", "all", count=removed)
    return removed


def has_samples(tx: Tx) -> bool:
    return queries.count_samples(tx) > 0
