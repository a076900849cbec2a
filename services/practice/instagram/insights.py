"""`/{media-id}/insights`: totals of a post. Names and which of them each kind has: Media Insights, June 2026."""

from typing import Any

from services.practice.accepted import Post
from services.practice.curves import figures
from services.practice.instagram.access import own_account
from services.practice.wire.calls import Call
from services.practice.wire.errors import bad_parameter

# Metric -> title. One that this kind of media does not have fails the whole call.
_METRICS = {
    "views": "Views",
    "reach": "Accounts reached",
    "likes": "Likes",
    "comments": "Comments",
    "saved": "Saved",
    "shares": "Shares",
    "total_interactions": "Post interactions",
}
_NOT_OF_STORIES = {"likes", "comments", "saved"}


def read_insights(call: Call, post: Post) -> dict[str, Any]:
    """
    Each metric asked for; an empty list while there is no data yet.

    :raises GraphError: 10 without the scope, 100 when one metric is not valid for this kind of media
    """
    own_account(call, "instagram_business_basic", "instagram_business_manage_insights")
    names = [name.strip() for name in call.need("metric").split(",")]
    valid = [name for name in _METRICS if post.format != "story" or name not in _NOT_OF_STORIES]
    for name in names:
        if name not in valid:
            raise bad_parameter(f"metric[0] must be one of the following values: {', '.join(valid)}")
    age_seconds = call.now - post.created_at
    if age_seconds < call.world.setting("insights_delay_seconds"):
        return {"data": []}
    now = figures(post.id, age_seconds)
    values = {
        "views": now.views,
        "reach": now.reach,
        "likes": now.likes,
        "comments": now.comments,
        "saved": now.saves,
        "shares": now.shares,
        "total_interactions": now.interactions,
    }
    return {"data": [_row(post, name, values[name]) for name in names]}


def _row(post: Post, name: str, value: int) -> dict[str, Any]:
    return {
        "name": name,
        "period": "lifetime",
        "values": [{"value": value}],
        "title": _METRICS[name],
        "description": f"{_METRICS[name]} of this post since it was published.",
        "id": f"{post.id}/insights/{name}/lifetime",
    }
