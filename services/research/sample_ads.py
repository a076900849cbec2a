"""The sample workspace's ads: real exports that come with Loopdesk, removable in one act."""

from datetime import date
from pathlib import Path
from uuid import UUID

from services import identity
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.research.detect import detect
from services.research.errors import SampleLoaded
from services.research.importing import request_import
from services.research.queries import sample as queries

FOLDER = Path(__file__).parent / "sample"
FILES = {
    "meta_ads_2019-10-31.csv": date(2019, 10, 31),
    "superbowl_youtube_2021-03-02.csv": date(2021, 3, 2),
}


def load_sample(app: App, scope: Scope) -> list[UUID]:
    """
    Queue the imports of the sample files; returns their ids.

    :raises SampleLoaded: it is here already
    :raises RoleTooLow: the person may not import
    """
    with app.tx(scope) as tx:
        identity.demand(tx, identity.Act.IMPORT)
        if has_sample(tx):
            raise SampleLoaded()
    found = []
    for name, made_on in FILES.items():
        with (FOLDER / name).open("rb") as stream:
            layout = detect(stream, name)
            found.append(request_import(app, scope, name, stream, layout, collected_on=made_on, is_sample=True))
    return found


def has_sample(tx: Tx) -> bool:
    """Whether anything of the sample is here or on its way."""
    return queries.count_sample_imports(tx) > 0


def remove_sample(tx: Tx) -> int:
    """
    Take the sample out again: its ads, the advertisers nobody else's import speaks of, its imports. Returns how many
    ads went. Ads that one of your own imports holds too stay.

    :raises RoleTooLow: the person may not import
    """
    identity.demand(tx, identity.Act.IMPORT)
    removed = queries.delete_sample_ads(tx)
    queries.delete_sample_advertisers(tx)
    queries.delete_sample_imports(tx)
    identity.audit(tx, "removed sample", "ads", "all", count=removed)
    return removed
