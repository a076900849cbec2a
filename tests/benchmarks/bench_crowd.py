"""
A crowd: 500 posts of 25 organisations on all seven platforms, every one due at the same instant.

Targets: all have started within 10 s of it, and none is taken twice. A post has started once a worker has it in hand
under an attempt. Every one ends `published`, and the platforms' own record is what doubles are counted by.
"""

from datetime import timedelta
from uuid import UUID

from services import publishing
from tests.benchmarks.busy import PRODUCT, column, end, start, until
from tests.benchmarks.figures import Figure
from tests.crash.files import Placed, store_file
from tests.crash.forms import FORMS, REMOTES, choices
from tests.crash.lane import Lane, open_lane
from tests.crash.tokens import access_token
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast, make_cast
from tests.makers.posted import approve_files

CROWD, ORGS, WORKERS = 500, 25, 3
USUAL = {
    "instagram": "image",
    "facebook": "photo",
    "tiktok": "video",
    "linkedin": "image",
    "pinterest": "image",
    "youtube": "short",
    "x": "images",
}
TWO_DAYS = timedelta(days=2)  # planned that far ahead there are no checks of a day and an hour before beside them


def measure() -> list[Figure]:
    with open_lane(0, **PRODUCT) as lane:
        lane.refresh()
        late, published, doubles = play(lane)
    what = f"{CROWD} posts over {len(USUAL)} platforms due at one instant, {WORKERS} workers"
    return [
        Figure(f"{what}: last one started after", max(late), "s", 10),
        Figure(f"{what}: last one published after", max(published), "s"),
        Figure(f"{what}: doubles", doubles, "posts", 0),
    ]


def play(lane: Lane) -> tuple[list[float], list[float], int]:
    """Seconds after which each post has started, and was published, and how many the platforms took twice."""
    workers = start(lane, WORKERS)
    try:
        posts = plan_crowd(lane)
        release(lane, posts)
        waiting = "select count(*) as n from app.posts where state = 'published' and id = any (%(ids)s)"
        until(lane, waiting, CROWD, ids=posts)
        return (
            column(lane, "select extract(epoch from started_at - due_at) as v from app.posts where id = any (%(ids)s)",
                   ids=posts),
            column(lane, "select extract(epoch from state_at - due_at) as v from app.posts where id = any (%(ids)s)",
                   ids=posts),
            len(lane.admin.accepted()) - CROWD,
        )  # fmt: skip
    finally:
        end(workers)


def plan_crowd(lane: Lane) -> list[UUID]:
    """Every organisation has two accounts on each platform, and plans on them in turn."""
    tokens = {name: access_token(lane.admin, name) for name in REMOTES}
    posts: list[UUID] = []
    for _ in range(ORGS):
        cast = make_cast(lane.world)
        channels = {
            name: make_channel(lane.world, cast, name.split("/")[0], token=tokens[name], remote_id=remote)
            for name, remote in REMOTES.items()
        }
        kinds = sorted({kind for platform, form in USUAL.items() for kind in FORMS[platform, form].files})
        files = {kind: store_file(lane.world.worker, cast, kind) for kind in kinds}
        for _ in range(CROWD // ORGS):
            name = list(REMOTES)[len(posts) % len(REMOTES)]
            posts.append(_plan(lane, cast, (name, channels[name]), files, f"Post {len(posts)}"))
    return posts


def release(lane: Lane, posts: list[UUID]) -> None:
    """All at one instant, two seconds from now."""
    lane.rows("update app.posts set due_at = now() + interval '2 seconds' where id = any (%(ids)s)", ids=posts)


def _plan(lane: Lane, cast: Cast, on: tuple[str, UUID], files: dict[str, Placed], caption: str) -> UUID:
    name, channel = on
    platform = name.split("/")[0]
    kind = USUAL[platform]
    form = FORMS[platform, kind]
    placed = [files[file] | {"placement": str(place)} for place, file in enumerate(form.files, 1)]
    with lane.world.worker.tx(cast.worker) as tx:
        own = {platform: choices(name, kind)}
        approval = approve_files(tx, cast.brand, channel, (caption, form.link), placed, own)
        return publishing.plan_post(tx, approval, tx.now + TWO_DAYS, "UTC").id
