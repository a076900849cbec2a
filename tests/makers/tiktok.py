"""One TikTok post under way, over real HTTP: the practice platform, a media host, and an adapter between them."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from pydantic import SecretStr

from services.approvals import SealedContent, SealedMedia
from services.kit.clock import FixedClock
from services.practice.seeds import ACCOUNTS
from services.practice.tiktok.signin import SCOPES
from services.publishing.errors import Accepted
from services.publishing.publisher import Door, Order, Remote, Sighting
from tests.makers.clips import clip_bytes
from tests.makers.media_host import media_host
from tests.makers.practice import running_practice
from tests.makers.under_way import UnderWay

ACME, BAKERY = ACCOUNTS["tiktok"]
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CHOICES = {"privacy": "PUBLIC_TO_EVERYONE", "comment": "yes", "your_brand": "yes"}
TEXT = "Fresh today: Grüße 🍦 #icecream"


@dataclass
class Desk(UnderWay):
    """One post of one format. `names` are its files on the media host, in order."""

    platform = "tiktok"
    host: str
    files: dict[str, bytes]
    names: tuple[str, ...] = ("v.mp4",)
    kind: str = "video/mp4"
    account: str = ACME
    text: str = TEXT
    choices: dict[str, str] = field(default_factory=lambda: dict(CHOICES))

    @property
    def content(self) -> SealedContent:
        media = tuple(
            SealedMedia(
                sha256=sha256(self.files[name]).hexdigest(), alt_text="", asset_id=UUID(int=1), file_key=name,
                width=360, height=640, content_type=self.kind,
            )
            for name in self.names
        )  # fmt: skip
        words = {"platform": "tiktok", "is_practice": True, "target": self.account, "text": self.text}
        return SealedContent(**words, media=media, settings={"format": self.format, **self.choices})

    @property
    def order(self) -> Order:
        urls = tuple(f"{self.host}/{name}" for name in self.names)
        return Order(self.content, urls, lambda place: io.BytesIO(self.files[self.names[place]]))

    @property
    def door(self) -> Door:
        secret = SecretStr(self.token)
        return Door(self.http, "tiktok", f"{self.practice.base}/tiktok/v2", self.account, secret, self.clock.now())

    def prepare(self) -> Remote:
        return self.adapter.prepare(self.order, self.door)

    def publish(self, remote: Remote) -> Remote:
        """Publish; returns what is known of the post, which TikTok then processes."""
        with pytest.raises(Accepted) as caught:
            self.adapter.publish(self.order, remote, self.door)
        return remote | caught.value.remote

    def find(self, remote: Remote, seconds: float = 0) -> Sighting:
        since = self.clock.now()
        self.clock.move(seconds=seconds)
        return self.adapter.find(self.content, remote, since, self.door)


@contextmanager
def tiktok_desk(tmp_path: Path, format: str, **changes: Any) -> Iterator[Desk]:
    """A desk for a format with a good file: a clip of five seconds, or two pictures."""
    files = {"v.mp4": clip_bytes(width=360, height=640)}
    clock = FixedClock(START)
    with media_host(files) as host, running_practice(tmp_path, clock=clock) as practice:
        with httpx.Client(trust_env=False, timeout=20) as http:
            token = practice.admin.token("tiktok", SCOPES, changes.get("account", ACME), expires_in=86_400)
            yield Desk(practice, clock, http, format, token, host, files, **changes)
