"""
The previews of one post on all seven platforms, on a phone and on a desktop, as the composer makes them: what would be
sealed is built from the version and the account, checked by each platform's rules, and drawn as HTML.

Target: <= 100 ms for all of them. Yardstick in the same run: reading the version and its channels from the database.
"""

from collections.abc import Mapping
from uuid import UUID

from pages.parts.preview_of import preview_of
from services import accounts, approvals, creative, media, publishing
from services.kit.app import App
from services.kit.db import Scope
from tests.benchmarks.database import bench_world
from tests.benchmarks.figures import Figure, median_ms, p95_ms
from tests.crash.files import Placed, store_file
from tests.crash.forms import REMOTES, choices
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast, make_cast
from tests.makers.posted import approve_files
from tests.makers.world import World

FORMATS = {
    "instagram": "reel",
    "facebook": "reel",
    "tiktok": "video",
    "linkedin": "video",
    "pinterest": "video",
    "youtube": "short",
    "x": "video",
}
WORDS = "Walk further in boots that last. #boots @acme Sizes 36 to 47, resoled for free. " * 3
LINK = "https://acme.example/boots"


def measure() -> list[Figure]:
    with bench_world() as world:
        cast = make_cast(world)
        channels = {
            platform: make_channel(world, cast, platform, remote_id=REMOTES[f"{platform}/0"]) for platform in FORMATS
        }
        version = _version(world, cast, next(iter(channels.values())), store_file(world.worker, cast, "clip"))
        shown, accounts_of = _read(world.web, cast.ana, version)
        assert len(_previews(world.web, shown, accounts_of)) == 2 * len(FORMATS)
        reading = median_ms(lambda: _read(world.web, cast.ana, version))
        lengths = p95_ms(lambda: _previews(world.web, shown, accounts_of))
        opened = p95_ms(lambda: _previews(world.web, *_read(world.web, cast.ana, version)))
    name, yardstick = "Preview of one post, all seven platforms, phone and desktop", "reading its rows"
    return [
        Figure(f"{name}, p95", lengths, "ms", 100, yardstick, reading),
        Figure("… with reading its rows, p95", opened, "ms", 100, yardstick, reading),
    ]


def _version(world: World, cast: Cast, channel: UUID, clip: Placed) -> UUID:
    own = {platform: choices(f"{platform}/0", kind) for platform, kind in FORMATS.items()}
    with world.worker.tx(cast.worker) as tx:
        placed = [clip | {"placement": "1"}]
        approval = approve_files(tx, cast.brand, channel, (WORDS, LINK), placed, own)
        found: UUID = tx.value("select version_id from app.approvals where id = %(id)s", {"id": approval})
        return found


def _read(app: App, scope: Scope, version: UUID) -> tuple[creative.Version, Mapping[str, accounts.Channel]]:
    with app.tx(scope) as tx:
        found = creative.version(tx, version)
        return found, {one.platform: one for one in accounts.channels(tx)}


def _previews(app: App, shown: creative.Version, on: Mapping[str, accounts.Channel]) -> list[str]:
    drawn = []
    for channel in on.values():
        content = approvals.compose(shown, channel)
        publishing.problems_of(content)
        places = media.addresses(app, [item.file_key for item in content.files])
        for is_wide in (False, True):
            drawn.append(preview_of(content, channel.name, channel.handle, places, is_wide=is_wide))
    return drawn
