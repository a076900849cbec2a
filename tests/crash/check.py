"""The judge: what the platforms took against what the database says. Knows nothing of how either came about."""

from collections import Counter
from itertools import pairwise
from typing import Any, NamedTuple

from services.kit.x_text import parts_of
from tests.crash.content import identity, untrue
from tests.crash.forms import REMOTES, is_listed, proves
from tests.crash.lane import Lane
from tests.crash.play import Planned
from tests.crash.scenario import Scenario

Row = dict[str, Any]
Taken = list[dict[str, Any]]
# Only these may leave a post where a person must look, or stop it; everything else must end in `published`.
_MAY_STOP = frozenset({"quota", "token", "processing", "restore"})
_LATE_SECONDS = 30.0  # a busy machine, and a worker that died meanwhile
_SPOILT = {"altered": "seal", "rights": "rights", "withdrawn": "withdrawn"}


class Broken(NamedTuple):
    """A promise that was not kept: double, lost, stuck, untrue (other bytes, no trace) or needless (a stop)."""

    kind: str
    sentence: str


def problems(lane: Lane, scene: Scenario, planned: list[Planned], *, in_time: bool) -> list[Broken]:
    """Every broken promise; empty when all were kept."""
    rows = {row["id"]: row for row in lane.rows(_POSTS, ids=[post.id for post in planned])}
    accepted = lane.admin.accepted()
    found = [] if in_time else [Broken("stuck", f"not at an end in time: {[_told(row) for row in rows.values()]}")]
    found += [Broken("lost", f"an acknowledged post is gone: {one.id}") for one in planned if one.id not in rows]
    there = [one for one in planned if one.id in rows]
    found += _doubles(there, rows, accepted)
    found += _threads(there, rows, accepted)
    found += _proofs(there, rows, accepted)
    found += _instants(there, rows)
    return found + _stops(scene, there, rows, accepted)


_POSTS = """
select p.id, p.state, p.due_at, p.started_at, p.reason, p.reason_class, p.remote_id, p.seal, p.wake_at,
c.platform, c.remote_id as account,
s.sealed
from app.posts p join app.channels c on c.id = p.channel_id join app.approvals s on s.id = p.approval_id
where p.id = any (%(ids)s)
"""


def _instants(planned: list[Planned], rows: dict[Any, Row]) -> list[Broken]:
    """What was planned by the clock on the wall: at the instant that was decided, not before, and soon after."""
    found = []
    for post in planned:
        row = rows[post.id]
        if post.due_at is None or row["started_at"] is None:
            continue
        late = (row["started_at"] - post.due_at).total_seconds()
        if row["due_at"] != post.due_at or not 0 <= late <= _LATE_SECONDS:
            found.append(Broken("untrue", f"decided {post.due_at}, begun {row['started_at']}: {_told(row)}"))
    return found


def _doubles(planned: list[Planned], rows: dict[Any, Row], accepted: Taken) -> list[Broken]:
    """Per account and words or file: nothing beyond what was asked for, nothing that the database calls stopped."""
    taken = Counter((post["account"], identity(post)) for post in accepted)
    asked, out, maybe = Counter(), Counter(), Counter()  # type: ignore[var-annotated]
    for post in planned:
        row = rows[post.id]
        for place, key in enumerate(_keys(post, row)):
            asked[key] += 1
            out[key] += row["state"] == "published"
            maybe[key] += row["state"] == "unconfirmed" or place > 0 or _is_honest_part(post, row)
            if row["reason_class"] == "restored":
                maybe[key] += 1
    found = [
        Broken("double", f"taken {n} times instead of {asked[key]}: {key}")
        for key, n in taken.items()
        if n > asked[key]
    ]
    for key in asked:
        if not out[key] <= taken[key] <= out[key] + maybe[key]:
            kind = "untrue" if taken[key] < out[key] else "lost"
            found.append(Broken(kind, f"{key}: taken {taken[key]}, published {out[key]}, in doubt {maybe[key]}"))
    return found


def _keys(post: Planned, row: Row) -> list[tuple[str, str]]:
    """What the platform's record shows of this post; of a thread every part."""
    account, sealed = REMOTES[post.plan.channel], row["sealed"]
    if post.plan.format == "thread":
        return [(account, part) for part in parts_of(sealed["text"])]
    return [(account, sealed["text"] or sealed["media"][0]["sha256"])]


def _is_honest_part(post: Planned, row: Row) -> bool:
    """A thread that stopped in the middle and says so."""
    return post.plan.format == "thread" and "parts are public" in str(row["reason"])


def _threads(planned: list[Planned], rows: dict[Any, Row], accepted: Taken) -> list[Broken]:
    """Parts stand in their order, each as a reply to the former; a published thread is whole."""
    found = []
    for post in planned:
        if post.plan.format != "thread":
            continue
        row, shown = rows[post.id], {(one["account"], one["caption"]): one for one in accepted}
        parts = [shown.get(key) for key in _keys(post, row)]
        there = [one for one in parts if one]
        if parts[: len(there)] != there:
            found.append(Broken("untrue", f"a thread with a hole: {_told(row)}"))
        if any(after["details"].get("reply_to") != before["id"] for before, after in pairwise(there)):
            found.append(Broken("untrue", f"a thread out of order: {_told(row)}"))
        if row["state"] == "published" and len(there) < len(parts):
            found.append(Broken("untrue", f"published with {len(there)} of {len(parts)} parts: {_told(row)}"))
    return found


def _proofs(planned: list[Planned], rows: dict[Any, Row], accepted: Taken) -> list[Broken]:
    """Every published post names its own post on the platform, which shows what was sealed."""
    by_id = {post["id"]: post for post in accepted}
    named = Counter(row["remote_id"] for row in rows.values() if row["remote_id"])
    found = [Broken("untrue", f"two posts claim {remote_id}") for remote_id, count in named.items() if count > 1]
    keys = {key for post in planned for key in _keys(post, rows[post.id])}
    for one in accepted:
        if (one["account"], identity(one)) not in keys:
            found.append(Broken("untrue", f"something nobody planned was taken: {one['caption']!r}"))
    for post in planned:
        row = rows[post.id]
        if row["state"] != "published":
            continue
        remote = str(row["remote_id"])
        taken = by_id.get(remote) or by_id.get(remote.rpartition(".")[2])  # a publish_id ends with the post's id
        if taken is None or taken["account"] != row["account"]:
            found.append(Broken("untrue", f"published without a trace on the platform: {_told(row)}"))
        else:
            wrong = untrue(post.plan, row["sealed"], taken)
            found += [Broken("untrue", f"other {what} than sealed: {_told(row)}") for what in wrong]
    return found


def _stops(scene: Scenario, planned: list[Planned], rows: dict[Any, Row], accepted: Taken) -> list[Broken]:
    """Where the platform gives proof, a crash or a lost answer stops nothing; elsewhere a person may be asked."""
    found = []
    out = Counter((post["account"], identity(post)) for post in accepted)
    for post in planned:
        row = rows[post.id]
        if post.is_spoilt:
            if (row["state"], row["reason_class"]) != ("held", _SPOILT[scene.kind]):
                found.append(Broken("untrue", f"{scene.kind} after the approval, and not held: {_told(row)}"))
        elif scene.kind not in _MAY_STOP and not scene.loses_a_renewal and _is_needless(post, row, out):
            found.append(Broken("needless", f"stopped without need: {_told(row)}"))
    return found


def _is_needless(post: Planned, row: Row, out: "Counter[tuple[str, str]]") -> bool:
    if row["state"] == "held" and row["wake_at"] is not None:
        return False  # it goes on by itself
    if row["state"] == "unconfirmed" and not proves(*post.plan.form):
        could_see = is_listed(post.plan.channel, post.plan.format)
        keys = _keys(post, row)
        return could_see and len(keys) == 1 and out[keys[0]] > 0 and _is_alone(post, out, keys[0])
    return bool(row["state"] != "published")


def _is_alone(post: Planned, out: "Counter[tuple[str, str]]", key: tuple[str, str]) -> bool:
    """Equal words twice: which of the two it is nobody can tell."""
    return post.plan.words > 0 and out[key] == 1


def _told(row: Row) -> str:
    kind = row["sealed"]["settings"]["format"]
    return f"{row['platform']} {kind} {row['state']} {row['reason_class']} {row['reason'][:160]}"
