"""`/{post-id}/insights`. Names: the ones that answered on 1 Sep 2026; every impressions metric is dead."""

from collections.abc import Callable
from typing import Any

from services.practice.curves import Figures, figures
from services.practice.facebook.access import page_token
from services.practice.facebook.posts import find_post
from services.practice.wire.calls import Call
from services.practice.wire.errors import bad_parameter, not_visible

_LOVES = 5  # one reaction in five is a heart
_METRICS: dict[str, Callable[[Figures], int | dict[str, int]]] = {
    "post_media_view": lambda now: now.views,
    "post_total_media_view_unique": lambda now: now.reach,
    "post_clicks": lambda now: now.clicks,
    "post_clicks_by_type": lambda now: {"photo view": now.clicks - now.clicks // 4, "other clicks": now.clicks // 4},
    "post_reactions_like_total": lambda now: now.likes - now.likes // _LOVES,
    "post_reactions_love_total": lambda now: now.likes // _LOVES,
    "post_reactions_wow_total": lambda now: 0,
    "post_reactions_haha_total": lambda now: 0,
    "post_reactions_sorry_total": lambda now: 0,
    "post_reactions_anger_total": lambda now: 0,
    "post_reactions_by_type_total": lambda now: {
        "like": now.likes - now.likes // _LOVES,
        "love": now.likes // _LOVES,
    },
    "post_activity_by_action_type": lambda now: {"like": now.likes, "comment": now.comments, "share": now.shares},
    "post_activity_by_action_type_unique": lambda now: {
        "like": now.likes,
        "comment": now.comments,
        "share": now.shares,
    },
}


def read_insights(call: Call, post_id: str) -> dict[str, Any]:
    """
    Each metric asked for, as lifetime totals; an empty list while there is no data yet.

    :raises GraphError: 190/2069032 user token, 10 without `read_insights`, 100 when one metric is not valid
    """
    post = find_post(call, post_id)
    if post.id != post_id or not post.published:
        raise not_visible(post_id, "facebook")
    page_token(call, post.account, "read_insights", task="ANALYZE")
    names = [name.strip() for name in call.need("metric").split(",")]
    if any(name not in _METRICS for name in names):
        raise bad_parameter("The value must be a valid insights metric")
    age_seconds = call.now - post.created_at
    if age_seconds < call.world.setting("insights_delay_seconds"):
        return {"data": []}
    now = figures(post.id, age_seconds)
    return {"data": [_row(post.id, name, _METRICS[name](now)) for name in names]}


def _row(post_id: str, name: str, value: int | dict[str, int]) -> dict[str, Any]:
    title = name.removeprefix("post_").replace("_", " ").capitalize()
    return {
        "name": name,
        "period": "lifetime",
        "values": [{"value": value}],
        "title": title,
        "description": f"Lifetime: {title}",
        "id": f"{post_id}/insights/{name}/lifetime",
    }
