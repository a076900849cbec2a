"""Files to import, imports that ran, and ads in the database."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from services import research
from services.kit.app import App
from services.kit.db import Scope
from services.research.staged import stage_ad
from services.research.storing import Origin, copy_ads, merge_ads
from tests.makers.world import World

FIXTURES = Path(__file__).parents[1] / "fixtures" / "research"
SAMPLE = Path(research.__file__).parent / "sample"
ADS_CSV = SAMPLE / "meta_ads_2019-10-31.csv"
POSTS_CSV = SAMPLE / "superbowl_youtube_2021-03-02.csv"
DAY = date(2026, 11, 20)

AD = {
    "id": "901234567890123",
    "page_id": "112233445566778",
    "page_name": "Northwind Shoes",
    "ad_delivery_start_time": "2026-10-30",
    "ad_delivery_stop_time": "",
    "ad_creative_body": "Walk further.",
}


def csv_file(rows: list[dict[str, Any]], delimiter: str = ",") -> bytes:
    """A table with the columns of the first row, in UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def ads_file(count: int, **changes: Any) -> bytes:
    """A table of `count` ads with running ids."""
    return csv_file([{**AD, "id": str(901234567890123 + number), **changes} for number in range(count)])


def answer_file(*records: dict[str, Any]) -> bytes:
    """An answer of the Ad Library API, its paging links with the token as Meta writes them."""
    paging = {"next": "https://graph.facebook.com/v26.0/ads_archive?access_token=EAASECRET123&after=x"}
    return json.dumps({"data": list(records), "paging": paging}).encode()


def layout_of(data: bytes, name: str = "ads.csv", **changes: Any) -> research.Layout:
    return research.detect(io.BytesIO(data), name).model_copy(update=changes)


def request(app: App, scope: Scope, data: bytes, name: str = "ads.csv", day: date = DAY, **changes: Any) -> UUID:
    layout = layout_of(data, name, **changes)
    return research.request_import(app, scope, name, io.BytesIO(data), layout, collected_on=day)


def run(world: World, scope: Scope, import_id: UUID) -> research.Import:
    """Let the worker run it, and read how it went."""
    research.run_import(world.worker, Scope(scope.org_id), import_id)
    with world.web.tx(scope) as tx:
        return research.get_import(tx, import_id)


def imported(world: World, scope: Scope, data: bytes, name: str = "ads.csv", **changes: Any) -> research.Import:
    """Requested by this person and run by the worker."""
    return run(world, scope, request(world.web, scope, data, name, **changes))


def wall(world: World, scope: Scope, filters: research.Filters | None = None, **how: Any) -> list[research.Ad]:
    with world.web.tx(scope) as tx:
        return research.list_ads(tx, filters or research.Filters(), **how)


def make_ad(world: World, scope: Scope, **changes: Any) -> UUID:
    """
    One ad in the database, without a file; returns its id.

    `changes` are arguments of `stage_ad`: remote_id, owner_id, owner_name, bodies, started_on and so on.
    """
    fields: dict[str, Any] = {
        "row_number": 2,
        "kind": "ad",
        "platform": "facebook",
        "remote_id": str(world.web.ids.new().int % 10**16),
        "owner_id": "112233445566778",
        "owner_name": "Northwind Shoes",
        "bodies": ["Walk further."],
        "started_on": "2026-10-30",
    } | changes
    fields.setdefault("link", f"https://www.facebook.com/ads/library/?id={fields['remote_id']}")
    import_id = request(world.web, scope, ads_file(1))
    with world.web.tx(scope) as tx:
        copy_ads(tx, [stage_ad(**fields)])
        merge_ads(tx, 1, Origin(import_id, "meta_ads_csv", DAY, False))
        return UUID(
            str(tx.value("select id from app.ads where remote_id = %(remote)s", {"remote": fields["remote_id"]}))
        )
