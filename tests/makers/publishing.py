"""A studio: approved ads, the practice platforms over real HTTP, pictures the platforms can fetch, steps by hand."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import uvicorn
from starlette.applications import Starlette

from services import approvals, publishing
from services.api import media as media_routes
from services.kit.app import App
from services.media.stores.folder import FolderStore
from tests.makers.accounts import make_channel, on_practice
from tests.makers.approvals import make_request
from tests.makers.cast import Cast
from tests.makers.practice import Admin, RunningPractice
from tests.makers.world import World


@dataclass(frozen=True)
class Studio:
    """`app` is a worker whose pictures are served under a real address and whose platforms are practised."""

    world: World
    cast: Cast
    app: App
    practice: Admin

    def approve(
        self, platform: str = "instagram", channel_id: UUID | None = None, **changes: str
    ) -> approvals.Approval:
        """Ana asks, Ben approves; on a new channel with a working token unless one is given."""
        channel = channel_id or self.channel(platform)
        request_id = make_request(self.world, self.cast, **changes)
        with self.world.web.tx(self.cast.ben) as tx:
            (given,) = approvals.approve(tx, request_id, [channel])
        return given

    def channel(self, platform: str = "instagram") -> UUID:
        """The organisation's practice channel of this platform, made at the first call."""
        with self.world.worker.tx(self.cast.worker) as tx:
            found: UUID | None = tx.value("select id from app.channels where platform = %(p)s", {"p": platform})
        if found:
            return found
        token = self.practice.instagram_token() if platform == "instagram" else self.practice.page_token()
        return make_channel(self.world, self.cast, platform, token=token)

    def plan(self, platform: str = "instagram", **changes: str) -> publishing.Post:
        """An approved ad, to be published now."""
        approval = self.approve(platform, **changes)
        with self.world.web.tx(self.cast.ana) as tx:
            return publishing.plan_post(tx, approval.id, None, "Europe/Berlin")

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

    def read(self, post: publishing.Post) -> publishing.Post:
        with self.world.worker.tx(self.cast.worker) as tx:
            return publishing.post(tx, post.id)


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
    return Studio(world, cast, on_practice(served, practice.base), practice.admin)
