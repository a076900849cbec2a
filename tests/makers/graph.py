"""One Instagram or Facebook post under way, over real HTTP: the practice platform, a media host, an adapter between."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from PIL import Image
from pydantic import SecretStr

from services.approvals import SealedContent, SealedMedia
from services.kit.clock import FixedClock
from services.publishing.errors import Accepted
from services.publishing.publisher import Door, Order, Publisher, Receipt, Remote, Sighting
from services.publishing.registry import publisher
from tests.makers.clips import clip_bytes
from tests.makers.media_host import media_host
from tests.makers.practice import INSTAGRAM_ACME, PAGE_ACME, RunningPractice, running_practice

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TEXT = "Fresh today: Grüße 🍦 #icecream"
LINK = "https://acme.example/?utm_content=p_81f"


def still(width: int = 1080, height: int = 1080) -> bytes:
    """A JPEG of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), (40, 90, 200)).save(out, "JPEG")
    return out.getvalue()


def upright() -> bytes:
    """A clip that every format takes: 9:16 and 3 s."""
    return clip_bytes(width=540, height=960, seconds=3)


@dataclass
class Desk:
    """An adapter with an account at the running practice platform. `kept` is what an attempt would hold by now."""

    practice: RunningPractice
    clock: FixedClock
    adapter: Publisher
    opened: Door
    host: str
    files: dict[str, bytes]
    text: str
    link: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    kept: Remote = field(default_factory=dict)

    @property
    def door(self) -> Door:
        return replace(self.opened, now=self.clock.now(), keep=self.kept.update)

    @property
    def content(self) -> SealedContent:
        spec = self.adapter.spec
        return SealedContent(
            platform=spec.platform, is_practice=True, target=self.opened.account, text=self.text, link=self.link,
            media=tuple(_media(name, body) for name, body in self.files.items()),
            settings={"format": spec.format, **self.settings},
        )  # fmt: skip

    @property
    def order(self) -> Order:
        urls = tuple(f"{self.host}/{name}" for name in self.files)
        bodies = list(self.files.values())
        return Order(self.content, urls, lambda place: io.BytesIO(bodies[place]))

    @property
    def hashes(self) -> list[str]:
        return [sha256(body).hexdigest() for body in self.files.values()]

    def prepare(self) -> None:
        """Hand over and wait until it is ready."""
        self.kept = self.adapter.prepare(self.order, self.door)
        self.clock.move(seconds=2)
        assert self.adapter.poll(self.kept, self.door)

    def publish(self) -> Receipt | None:
        """The call; None where it was taken and is processed first. :raises ProviderError: as the adapter"""
        try:
            return self.adapter.publish(self.order, dict(self.kept), self.door)
        except Accepted as taken:
            self.kept |= taken.remote
            return None

    def find(self, seconds: float = 0) -> Sighting:
        """Look for it, `seconds` later."""
        since = self.clock.now()
        self.clock.move(seconds=seconds)
        return self.adapter.find(self.content, self.kept, since, self.door)

    def accepted(self) -> list[dict[str, Any]]:
        return self.practice.admin.accepted(self.adapter.spec.platform)


@contextmanager
def graph_desk(tmp_path: Path, platform: str, kind: str, **changes: Any) -> Iterator[Desk]:
    """A desk with files that fit the format. `changes` are the desk's own fields."""
    adapter, clock = publisher(platform, kind), FixedClock(START)
    files = dict(_FILES[kind]) | ({"v.mp4": upright()} if kind in ("reel", "video", "carousel") else {})
    terms: dict[str, Any] = {"files": files, "text": "" if kind == "story" else TEXT, **changes}
    with (
        running_practice(tmp_path, clock=clock) as practice,
        media_host(terms["files"]) as host,
        httpx.Client(timeout=20, trust_env=False) as http,
    ):
        is_page = platform == "facebook"
        token = practice.admin.page_token() if is_page else practice.admin.instagram_token()
        account = PAGE_ACME if is_page else INSTAGRAM_ACME
        door = Door(http, platform, f"{practice.base}/{platform}/v26.0", account, SecretStr(token), START)
        yield Desk(practice, clock, adapter, door, host, **terms)


_FILES: dict[str, dict[str, bytes]] = {
    "image": {"a.jpg": still()},
    "photo": {"a.jpg": still()},
    "carousel": {"a.jpg": still()},
    "photos": {"a.jpg": still(), "b.jpg": still(1080, 1350)},
    "story": {"a.jpg": still(1080, 1920)},
    "reel": {},
    "video": {},
    "text": {},
}


def _media(name: str, body: bytes) -> SealedMedia:
    is_video = name.endswith(".mp4")
    return SealedMedia(
        sha256=sha256(body).hexdigest(), alt_text="" if is_video else f"A picture, {name}", asset_id=UUID(int=1),
        file_key=name, width=540, height=960, content_type="video/mp4" if is_video else "image/jpeg",
        byte_count=len(body), duration_ms=3_000 if is_video else 0,
    )  # fmt: skip
