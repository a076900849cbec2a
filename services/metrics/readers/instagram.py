"""Instagram media. Source: Media Insights reference, June 2026; Graph v26.0."""

from datetime import datetime
from typing import Any

from services.accounts import PlatformHost, Token
from services.kit.errors import CredentialsExpired, Rejected
from services.kit.graph import graph_call
from services.kit.http import Client
from services.metrics.models import Figures, Reading
from services.metrics.reader import insights, is_count, refused_metric, value_of

_COMMON = ["views", "reach", "shares"]
_METRICS = {
    "FEED": [*_COMMON, "likes", "comments", "saved"],
    "REELS": [*_COMMON, "likes", "comments", "saved"],
    "STORY": _COMMON,
}


class Instagram:
    """Organic totals since publication, up to 48 hours late."""

    def read(self, host: PlatformHost, token: Token, remote_id: str, *, http: Client, now: datetime) -> Reading:
        fields = {"fields": "media_product_type,like_count,comments_count"}
        url = f"{host.api_url}/{remote_id}"
        node = graph_call(http, "GET", url, token=token.secret, writes=False, now=now, params=fields)
        names = _METRICS.get(str(node.get("media_product_type")), _METRICS["FEED"])
        rows, refused = _ask(host, token, remote_id, names, http=http, now=now)
        found = {name: value_of(rows.get(name)) for name in names}
        return Reading(
            figures=Figures(
                views=found.get("views"),
                reach=found.get("reach"),
                likes=_first(found.get("likes"), node.get("like_count")),
                comments=_first(found.get("comments"), node.get("comments_count")),
                shares=found.get("shares"),
                saves=found.get("saved"),
            ),
            raw={"node": node, "insights": rows, "refused": refused},
        )


def _ask(
    host: PlatformHost, token: Token, remote_id: str, names: list[str], *, http: Client, now: datetime
) -> tuple[dict[str, Any], dict[str, str]]:
    """All metrics at once; one that is not valid fails the whole call, so then each alone."""
    try:
        return insights(host, token, remote_id, names, http=http, now=now), {}
    except (Rejected, CredentialsExpired) as error:
        fault = refused_metric(error)
        if fault is None:
            raise
        if fault.code != 100:
            return {}, dict.fromkeys(names, fault.named)
    rows: dict[str, Any] = {}
    refused: dict[str, str] = {}
    for name in names:
        try:
            rows |= insights(host, token, remote_id, [name], http=http, now=now)
        except (Rejected, CredentialsExpired) as error:
            fault = refused_metric(error)
            if fault is None:
                raise
            refused[name] = fault.named
    return rows, refused


def _first(insight: int | None, counted: object) -> int | None:
    """The insight where there is one, else the counter on the post itself."""
    return insight if insight is not None else counted if is_count(counted) else None  # type: ignore[return-value]
