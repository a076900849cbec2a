"""Connected accounts with a sealed token, without a sign-in."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import httpx

from services.kit.app import App
from services.kit.crypto import Sealer
from services.kit.db import Tx, json_value
from tests.makers.cast import Cast
from tests.makers.world import World

REMOTE = {"instagram": "17841400000000001", "facebook": "100000000000001"}
HANDLES = {"instagram": "practice_acme", "facebook": ""}
SCOPES = {
    "instagram": [
        "instagram_business_basic",
        "instagram_business_content_publish",
        "instagram_business_manage_insights",
    ],
    "facebook": [
        "pages_show_list",
        "pages_read_engagement",
        "pages_manage_posts",
        "read_insights",
        "pages_read_user_content",
    ],
}
TOKEN = "IGAA-a-token-that-nobody-may-ever-see-0123456789"


def on_practice(app: App, base: str) -> App:
    """The same App, with the practice platforms at `base` and a client that reaches them."""
    settings = app.settings.model_copy(update={"practice_url": base})
    return replace(app, settings=settings, http=httpx.Client(trust_env=False, timeout=10))


def make_channel(
    world: World,
    cast: Cast,
    platform: str = "instagram",
    *,
    token: str = TOKEN,
    refresh: str | None = None,
    token_given_at: datetime | None = None,
    remote_id: str = "",
    brand: UUID | None = None,
    **changes: object,
) -> UUID:
    """
    A connected practice channel of Acme (or of `org_id=`) with its sealed token; returns its id.

    `changes` are columns of app.channels, for example `state="needs_reconnect"`; with `refresh` it renews.
    """
    channel_id = world.worker.ids.new()
    now = world.clock.now()
    row = {
        "id": channel_id,
        "org_id": cast.acme,
        "brand_id": brand or cast.brand,
        "platform": platform,
        "is_practice": True,
        "remote_id": remote_id or REMOTE.get(platform, f"{platform}-acme"),
        "name": "Practice Acme",
        "handle": HANDLES.get(platform, "practice_acme"),
        "scopes": SCOPES.get(platform, []),
        "missing_scopes": [],
        "state": "connected",
        "state_reason": "",
        "token_kind": "",
        "renews": refresh is not None,
        "token_expires_at": now + timedelta(days=60) if platform == "instagram" else None,
        "next_check_at": now + timedelta(days=1),
        "created_at": now,
        "updated_at": now,
        **changes,
    }
    with world.worker.admin_tx() as tx:
        tx.run(
            "insert into app.channels select * from jsonb_populate_record(null::app.channels, %(row)s)",
            {"row": json_value(_plain(row))},
        )
        _keep_secrets(tx, world.worker.sealer, row, token, refresh, token_given_at or now)
    return channel_id


def _plain(row: dict[str, object]) -> dict[str, object]:
    """Ids and instants as text, so that the row is JSON."""
    dates = {key: value.isoformat() if isinstance(value, datetime) else value for key, value in row.items()}
    return {key: str(value) if isinstance(value, UUID) else value for key, value in dates.items()}


def _keep_secrets(
    tx: Tx, sealer: Sealer, row: dict[str, object], token: str, refresh: str | None, given_at: datetime
) -> None:
    place = f"channels/{row['id']}"
    tx.run(
        "insert into private.channel_secrets (channel_id, org_id, access_token, refresh_token, key_id, updated_at) "
        "values (%(id)s, %(org)s, %(access)s, %(refresh)s, %(key)s, %(at)s)",
        {
            "id": row["id"],
            "org": row["org_id"],
            "access": sealer.seal(token, f"{place}/access_token"),
            "refresh": sealer.seal(refresh, f"{place}/refresh_token") if refresh else None,
            "key": sealer.current,
            "at": given_at,
        },
    )
