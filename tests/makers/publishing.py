"""A studio: approved ads, the practice platforms over real HTTP, pictures the platforms can fetch, steps by hand."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import httpx
import uvicorn
from starlette.applications import Starlette

from services import media, publishing
from services.api import media as media_routes
from services.events import HEARERS, Event
from services.kit.app import App
from services.media.stores.folder import FolderStore
from tests.makers.accounts import make_channel, on_practice
from tests.makers.cast import Cast
from tests.makers.media import jpeg_bytes
from tests.makers.practice import Admin, RunningPractice
from tests.makers.quick import Picture, approve_quickly
from tests.makers.world import World


@dataclass(frozen=True)
class Studio:
    """`app` is a worker whose pictures are served under a real address and whose platforms are practised."""

    world: World
    cast: Cast
    app: App
    practice: Admin

    def approve(self, platform: str = "instagram", *, caption: str = "Fresh today.", link: str = "") -> UUID:
        """An approved ad on the organisation's channel of this platform; returns the approval's id."""
        pictures = stored_pictures(self.app, self.cast)
        channel = self.channel(platform)
        with self.world.worker.tx(self.cast.worker) as tx:
            return approve_quickly(tx, self.cast.brand, channel, caption, pictures, link)

    def channel(self, platform: str = "instagram") -> UUID:
        """The organisation's practice channel of this platform, made at the first call."""
        with self.world.worker.tx(self.cast.worker) as tx:
            found: UUID | None = tx.value("select id from app.channels where platform = %(p)s", {"p": platform})
        if found:
            return found
        return make_channel(self.world, self.cast, platform, token=self.token(platform))

    def plan(self, platform: str = "instagram", **changes: str) -> publishing.Post:
        """An approved ad, to be published now."""
        approval = self.approve(platform, **changes)
        with self.world.web.tx(self.cast.ana) as tx:
            return publishing.plan_post(tx, approval, None, "Europe/Berlin")

    def plan_in(self, hours: float, platform: str = "instagram", **changes: str) -> publishing.Post:
        """An approved ad, planned for a time to come."""
        approval = self.approve(platform, **changes)
        with self.world.web.tx(self.cast.ana) as tx:
            return publishing.plan_post(tx, approval, tx.now + timedelta(hours=hours), "Europe/Berlin")

    def step(self, post: publishing.Post) -> publishing.Post:
        """One job: what wakes by now, then this post's step."""
        publishing.release_due(self.app)
        publishing.step(self.app, self.cast.acme, post.id)
        return self.read(post)

    def wait_and_step(self, post: publishing.Post) -> publishing.Post:
        """Let the clock run to the instant this post wakes, then step."""
        wake_at = self.read(post).wake_at
        assert wake_at is not None
        self.world.clock.move(seconds=(wake_at - self.world.clock.now()).total_seconds())
        return self.step(post)

    def settle(self, post: publishing.Post, most: int = 12) -> publishing.Post:
        """Step until the post no longer waits for a time."""
        now = self.step(post)
        for _ in range(most):
            if now.wake_at is None:
                return now
            now = self.wait_and_step(post)
        return now

    @property
    def web_app(self) -> App:
        """The web's App with the doors of this studio."""
        return replace(self.world.web, http=self.app.http, settings=self.app.settings, files=self.app.files)

    def with_http(self, http: httpx.Client) -> "Studio":
        """The same studio with another door to HTTP."""
        return replace(self, app=replace(self.app, http=http))

    def renew(self, platform: str) -> None:
        """Somebody reconnects: a fresh token, and the channel works again."""
        channel, token = self.channel(platform), self.token(platform)
        with self.world.worker.admin_tx() as tx:
            sealed = self.world.worker.sealer.seal(token, f"channels/{channel}/access_token")
            tx.run(
                "update private.channel_secrets set access_token = %(sealed)s where channel_id = %(id)s",
                {"sealed": sealed, "id": channel},
            )
            tx.run("update app.channels set state = 'connected' where id = %(id)s", {"id": channel})

    def token(self, platform: str) -> str:
        return self.practice.instagram_token() if platform == "instagram" else self.practice.page_token()

    def queued(self, event: type[Event], post: publishing.Post) -> int:
        """How many jobs that hear this event wait for this post."""
        tasks = [job.task for job in HEARERS[event]]
        with self.world.worker.admin_tx() as tx:
            return int(
                tx.value(
                    "select count(*) from queue.procrastinate_jobs where task_name = any (%(tasks)s) "
                    "and args ->> 'post_id' = %(post)s",
                    {"tasks": tasks, "post": str(post.id)},
                )
            )

    def read(self, post: publishing.Post) -> publishing.Post:
        with self.world.worker.tx(self.cast.worker) as tx:
            return publishing.post(tx, post.id)


def stored_pictures(app: App, cast: Cast) -> list[Picture]:
    """One small stored picture per placement, in its shape."""
    found = []
    for placement, (width, height) in {"square": (400, 400), "feed": (400, 500)}.items():
        data = jpeg_bytes(width, height)
        asset = media.store_rendered(app, cast.worker, cast.brand, f"{placement}.jpg", data)
        found.append(Picture(placement, asset.id, asset.sha256, asset.file_key, width, height))
    return found


@contextmanager
def serving(app: App) -> Iterator[App]:
    """The same App with its stored files served, so that platforms can fetch them, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    base = f"http://127.0.0.1:{port}"
    settings = app.settings.model_copy(update={"public_url": base})
    served = replace(app, settings=settings, files=open_folder(settings.loopdesk_data, base, app))
    with serve_files(served, port):
        yield served


@contextmanager
def serve_files(app: App, port: int) -> Iterator[None]:
    """Answer the signed addresses of this App's files on a port of this machine."""
    site = Starlette(routes=media_routes.routes(lambda: app))
    server = uvicorn.Server(
        uvicorn.Config(site, port=port, log_level="critical", lifespan="off", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(timeout=10)


def open_folder(data: Path, base: str, app: App) -> FolderStore:
    return FolderStore(data / "files", base, app.signer, app.clock)


def make_studio(world: World, cast: Cast, served: App, practice: RunningPractice) -> Studio:
    with world.worker.admin_tx() as tx:
        tx.run("delete from app.publishing_pulse", {})  # a test's clock begins anew
    for kept in served.settings.loopdesk_data.glob("publishing.*"):
        kept.unlink()
    return Studio(world, cast, on_practice(served, practice.base), practice.admin)
