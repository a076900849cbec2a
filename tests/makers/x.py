"""One X post under way, over real HTTP: the practice platform, an adapter, and what the core would keep for it."""

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
from PIL import Image
from pydantic import SecretStr

from services.approvals import SealedContent, SealedMedia
from services.kit.clock import FixedClock
from services.practice.seeds import ACCOUNTS
from services.publishing.publisher import Door, Order, Receipt, Remote, Sighting
from tests.makers.clips import clip_bytes
from tests.makers.practice import running_practice
from tests.makers.under_way import UnderWay

ACME, BAKERY = ACCOUNTS["x"]
SCOPES = ("tweet.read", "tweet.write", "users.read", "media.write", "offline.access")
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TEXT = "Ben & Ana's 🍦: see https://acme.example.com/?utm_content=p_0123456789ab"


def picture(shade: int = 90, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (40, shade, 200)).save(out, kind)
    return out.getvalue()


@dataclass
class Bill:
    """What a run would be told of its calls."""

    api_calls: int = 0
    micros: int = 0

    def spent(self, micros: int, currency: str) -> None:
        assert currency == "USD"
        self.micros += micros


@dataclass
class Desk(UnderWay):
    """One post. `files` are its media in order; `kept` is what the core holds of the platform's ids."""

    platform = "x"
    files: list[bytes] = field(default_factory=list)
    kind: str = "image/jpeg"
    text: str = TEXT
    settings: dict[str, str] = field(default_factory=dict)
    kept: Remote = field(default_factory=dict)

    @property
    def content(self) -> SealedContent:
        media = tuple(
            SealedMedia(
                sha256=sha256(body).hexdigest(), alt_text=f"Picture {place}.", asset_id=UUID(int=place + 1),
                file_key=f"{place}", width=640, height=480, content_type=self.kind, byte_count=len(body),
            )
            for place, body in enumerate(self.files)
        )  # fmt: skip
        words = {"platform": "x", "is_practice": True, "target": ACME, "text": self.text}
        return SealedContent(**words, media=media, settings={"format": self.format, **self.settings})

    @property
    def door(self) -> Door:
        handle = ACCOUNTS["x"][ACME].handle
        api, secret = f"{self.practice.base}/x/2", SecretStr(self.token)
        return Door(self.http, "x", api, ACME, secret, self.clock.now(), handle, self.kept.update)

    @property
    def order(self) -> Order:
        return Order(self.content, (), lambda place: io.BytesIO(self.files[place]))

    def prepare(self) -> bool:
        """Hand over the media; is it ready?"""
        self.kept.update(self.adapter.prepare(self.order, self.door))
        return self.adapter.poll(self.kept, self.door)

    def publish(self) -> Receipt:
        return self.adapter.publish(self.order, dict(self.kept), self.door)

    def find(self, seconds: float = 10) -> Sighting:
        """Look `seconds` after the intent."""
        since = self.clock.now()
        self.clock.move(seconds=seconds)
        return self.adapter.find(self.content, dict(self.kept), since, self.door)


@contextmanager
def x_desk(tmp_path: Path, format: str, **changes: Any) -> Iterator[Desk]:
    """A desk for a format with good files: two pictures, a clip of five seconds, or none."""
    files = {"images": [picture(), picture(200)], "video": [clip_bytes(width=480, height=270)]}.get(format, [])
    kind = "video/mp4" if format == "video" else "image/jpeg"
    clock = FixedClock(START)
    with running_practice(tmp_path, clock=clock) as practice, httpx.Client(trust_env=False, timeout=20) as http:
        token = practice.admin.token("x", changes.pop("scopes", SCOPES), ACME, expires_in=7_200)
        made: dict[str, Any] = {"files": files, "kind": kind} | changes
        yield Desk(practice, clock, http, format, token, **made)
