"""The judge: what the platforms took against what the database says. Knows nothing of how either came about."""

from collections import Counter
from typing import Any

from tests.crash.lane import REMOTES, Lane
from tests.crash.play import Planned
from tests.crash.scenario import Scenario

# Only these may leave a post where a person must look, or stop it; everything else must end in `published`.
_MAY_STOP = {"quota", "token", "processing"}


def problems(lane: Lane, scene: Scenario, planned: list[Planned], *, in_time: bool) -> list[str]:
    """Every broken promise as a sentence; empty when all were kept."""
    rows = {row["id"]: row for row in lane.rows(_POSTS, ids=[post.id for post in planned])}
    accepted = lane.admin.accepted()
    found = [] if in_time else [f"not at an end in time: {[_told(row) for row in rows.values()]}"]
    found += [f"an acknowledged post is gone: {post.id}" for post in planned if post.id not in rows]
    found += _doubles(planned, rows, accepted)
    found += _content(planned, accepted)
    found += _proofs(planned, rows, accepted)
    found += _needless_stops(scene, rows)
    return found


_POSTS = """
select p.id, p.state, p.reason, p.reason_class, p.remote_id, p.seal, c.platform, c.remote_id as account, s.sealed
from app.posts p join app.channels c on c.id = p.channel_id join app.approvals s on s.id = p.approval_id
where p.id = any (%(ids)s)
"""


def _doubles(planned: list[Planned], rows: dict[Any, Any], accepted: list[dict[str, Any]]) -> list[str]:
    """Per account and words: nothing beyond what was asked for, nothing that the database calls stopped."""
    taken = Counter((post["account"], post["caption"]) for post in accepted)
    asked, out, maybe = Counter(), Counter(), Counter()  # type: ignore[var-annotated]
    for post in planned:
        key = (REMOTES[post.plan.channel], post.caption)
        state = rows[post.id]["state"] if post.id in rows else ""
        asked[key] += 1
        out[key] += state == "published"
        maybe[key] += state == "unconfirmed"
    found = [f"accepted {n} times instead of {asked[key]}: {key}" for key, n in taken.items() if n > asked[key]]
    for key in asked:
        if not out[key] <= taken[key] <= out[key] + maybe[key]:
            found.append(f"{key}: taken {taken[key]}, published {out[key]}, unconfirmed {maybe[key]}")
    return found


def _content(planned: list[Planned], accepted: list[dict[str, Any]]) -> list[str]:
    """What was taken is what was sealed, to the byte."""
    captions = {post.caption for post in planned}
    found = [
        f"something nobody planned was taken: {post['caption']!r}"
        for post in accepted
        if post["caption"] not in captions
    ]
    return found


def _proofs(planned: list[Planned], rows: dict[Any, Any], accepted: list[dict[str, Any]]) -> list[str]:
    """Every published post names its own post on the platform, which shows the sealed picture."""
    by_id = {post["id"]: post for post in accepted}
    named = Counter(row["remote_id"] for row in rows.values() if row["remote_id"])
    found = [f"two posts claim {remote_id}" for remote_id, count in named.items() if count > 1]
    for row in rows.values():
        if row["state"] != "published":
            continue
        taken = by_id.get(row["remote_id"])
        sealed = row["sealed"]
        if taken is None or taken["account"] != row["account"]:
            found.append(f"published without a trace on the platform: {_told(row)}")
        elif (taken["image_sha256"], taken["caption"], taken["alt_text"]) != (
            sealed["media"][0]["sha256"],
            sealed["text"],
            sealed["media"][0]["alt_text"],
        ):
            found.append(f"other bytes than sealed: {_told(row)}")
    return found


def _needless_stops(scene: Scenario, rows: dict[Any, Any]) -> list[str]:
    """Where the platform gives proof, a crash or a lost answer stops nothing; elsewhere a person may be asked."""
    if scene.kind in _MAY_STOP:
        return []
    return [
        f"stopped without need: {_told(row)}"
        for row in rows.values()
        if row["state"] in ("failed", "held") or (row["platform"] == "instagram" and row["state"] != "published")
    ]


def _told(row: dict[str, Any]) -> str:
    return f"{row['platform']} {row['state']} {row['reason_class']} {row['reason'][:120]}"
