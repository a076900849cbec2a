"""Facebook Page posts. Source: Page Insights, names that answered on 1 Sep 2026; Graph v26.0."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from services.accounts import PlatformHost, Token
from services.kit.errors import CredentialsExpired, Rejected
from services.kit.graph import graph_call
from services.kit.http import Client
from services.metrics.models import Figures, Reading
from services.metrics.reader import insights, is_count, refused_metric, value_of

_VIEWS, _REACH = "post_media_view", "post_total_media_view_unique"
_CLICKS, _REACTIONS = "post_clicks", "post_reactions_by_type_total"

T = TypeVar("T")


class Facebook:
    """Each metric alone: which of them answer differs from Page to Page."""

    def read(self, host: PlatformHost, token: Token, remote_id: str, *, http: Client, now: datetime) -> Reading:
        refused: dict[str, str] = {}
        rows: dict[str, Any] = {}
        ask = partial(insights, host, token, remote_id, http=http, now=now)
        for name in (_VIEWS, _REACH, _CLICKS, _REACTIONS):
            rows |= _unless_refused(name, refused, partial(ask, [name])) or {}
        node = graph_call(
            http,
            "GET",
            f"{host.api_url}/{remote_id}",
            token=token.secret,
            writes=False,
            now=now,
            params={"fields": "id,shares"},
        )
        # counting others' comments needs a permission of its own
        count = partial(_comments, host, token, remote_id, http=http, now=now)
        comments = _unless_refused("comments", refused, count)
        return Reading(
            figures=Figures(
                views=value_of(rows.get(_VIEWS)),
                reach=value_of(rows.get(_REACH)),
                likes=value_of(rows.get(_REACTIONS)),
                comments=comments,
                shares=_count(node.get("shares"), "count"),
                clicks=value_of(rows.get(_CLICKS)),
            ),
            raw={"node": {"shares": node.get("shares")}, "insights": rows, "comments": comments, "refused": refused},
        )


def _unless_refused(name: str, refused: dict[str, str], ask: Callable[[], T]) -> T | None:
    """The answer, or a note of the refusal where it concerns this metric only."""
    try:
        return ask()
    except (Rejected, CredentialsExpired) as error:
        fault = refused_metric(error)
        if fault is None:
            raise
        refused[name] = fault.named
        return None


def _comments(host: PlatformHost, token: Token, remote_id: str, *, http: Client, now: datetime) -> int | None:
    fields = {"fields": "comments.limit(0).summary(total_count)"}
    url = f"{host.api_url}/{remote_id}"
    node = graph_call(http, "GET", url, token=token.secret, writes=False, now=now, params=fields)
    comments = node.get("comments")
    return _count(comments.get("summary") if isinstance(comments, dict) else None, "total_count")


def _count(node: object, name: str) -> int | None:
    value = node.get(name) if isinstance(node, dict) else None
    return value if is_count(value) else None
