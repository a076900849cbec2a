"""What a platform's reader must offer, and how one metric is asked for."""

from datetime import datetime
from typing import Any, Protocol

from services.accounts import PlatformHost, Token
from services.kit.errors import CredentialsExpired, Rejected
from services.kit.graph import Fault, fault_of, graph_call
from services.kit.http import Client
from services.metrics.models import Reading


class Reader(Protocol):
    """Reads one post's totals. Raises only our five provider errors."""

    def read(self, host: PlatformHost, token: Token, remote_id: str, *, http: Client, now: datetime) -> Reading: ...


def insights(
    host: PlatformHost, token: Token, remote_id: str, names: list[str], *, http: Client, now: datetime
) -> dict[str, Any]:
    """
    The rows of `/{id}/insights` by metric; a metric without data yet is left out.

    Only name, period and values are kept: the paging addresses of these answers carry the token.
    """
    url = f"{host.api_url}/{remote_id}/insights"
    answer = graph_call(http, "GET", url, token=token.secret, writes=False, now=now, params={"metric": ",".join(names)})
    rows = answer.get("data")
    kept = {}
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and row.get("name") in names:
            kept[str(row["name"])] = {key: row[key] for key in ("period", "values", "total_value") if key in row}
    return kept


def refused_metric(error: Rejected | CredentialsExpired) -> Fault | None:
    """
    The refusal, if it concerns this metric only: not valid for this post (100), below the data threshold or without
    the permission (10, 200-299). None where the post or the token is meant (100/33, 190).
    """
    fault = fault_of(error)
    if fault is None or fault.pair == (100, 33):
        return None
    return fault if fault.code == 100 or fault.code == 10 or 200 <= fault.code < 300 else None


def value_of(row: dict[str, Any] | None) -> int | None:
    """The total of one metric; objects such as `{"paid": 3, "organic": 40}` are summed, an empty one is none of any."""
    if row is None:
        return None
    values = row.get("values")
    first = values[0] if isinstance(values, list) and values else row.get("total_value")
    value = first.get("value") if isinstance(first, dict) else None
    if isinstance(value, dict):
        parts = [part for part in value.values() if is_count(part)]
        return sum(parts) if len(parts) == len(value) else None
    return value if is_count(value) else None


def is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
