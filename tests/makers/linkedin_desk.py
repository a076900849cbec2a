"""One LinkedIn account of ours on the practice platform: sealed contents, uploads and posts over real HTTP."""

import hashlib
import io
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from pydantic import SecretStr

from services.accounts.hosts import hosts
from services.approvals import SealedContent, SealedMedia
from services.kit.clock import FixedClock
from services.kit.config import Settings
from services.kit.errors import OutcomeUnknown
from services.kit.http import Client
from services.publishing.publisher import Door, Order, Publisher, Receipt, Remote
from services.publishing.registry import publisher
from tests.makers.linkedin import ACME, film_bytes, picture_bytes, token
from tests.makers.practice import RunningPractice

FILES: dict[str, tuple[bytes, ...]] = {
    "text": (),
    "image": (picture_bytes(),),
    "images": (picture_bytes(10), picture_bytes(20), picture_bytes(30, "JPEG")),
    "video": (film_bytes(5_000_000),),
    "link": (picture_bytes(50),),
}
WORDS = "Launch (finally) of a_b * #fresh #b2b\n\nc:\\new → https://acme.example/x_y?utm_content=p_1#top"
CARD = {"title": "The cone", "description": "Cold (really)."}


@dataclass
class Desk:
    """One account of ours on the practice platform, at a time that the test moves."""

    practice: RunningPractice
    clock: FixedClock
    http: Client
    account: str = ACME
    kept: Remote = field(default_factory=dict)
    secret: str = ""

    def door(self) -> Door:
        address = hosts(Settings(_env_file=None, practice_url=self.practice.base))["linkedin", True].api_url
        secret = SecretStr(self.secret or token(self.practice))
        return Door(
            self.http, "linkedin", address, self.account, secret, self.clock.now(), keep=self.kept.update
        )  # fmt: skip

    def order(self, chosen: str, **changes: Any) -> Order:
        files = FILES[chosen]
        kind = "video/mp4" if chosen == "video" else "image/png"
        media = tuple(
            SealedMedia(
                sha256=hashlib.sha256(body).hexdigest(), alt_text=f"Number {n}.", asset_id=UUID(int=n), file_key="k",
                width=400, height=400, content_type=kind, byte_count=len(body),
            )
            for n, body in enumerate(files)
        )  # fmt: skip
        words = {"platform": "linkedin", "is_practice": True, "target": self.account, "text": WORDS, "media": media}
        link = {"link": "https://acme.example/x_y?utm_content=p_1"} if chosen == "link" else {}
        settings = {"format": chosen, **(CARD if chosen in ("link", "video") else {})}
        sealed = SealedContent(**{**words, **link, "settings": settings, **changes})
        return Order(sealed, (), lambda place: io.BytesIO(files[place]))

    def ready(self, chosen: str) -> tuple[Publisher, Order, Remote]:
        """Prepared and processed."""
        adapter, order = publisher("linkedin", chosen), self.order(chosen)
        remote = adapter.prepare(order, self.door())
        for _ in range(40):
            if adapter.poll(remote, self.door()):
                return adapter, order, remote
            self.clock.move(seconds=1)
        raise AssertionError("it was never ready")

    def whole(self, chosen: str) -> Receipt:
        adapter, order, remote = self.ready(chosen)
        return adapter.publish(order, remote, self.door())

    def lose(self, chosen: str) -> tuple[Publisher, Order, Remote, datetime]:
        """Publish once, with the answer lost on the way."""
        adapter, order, remote = self.ready(chosen)
        self.practice.admin.fault("lose_reply", match="/rest/posts", method="POST", count=1)
        since = self.clock.now()
        with pytest.raises(OutcomeUnknown):
            adapter.publish(order, remote, self.door())
        return adapter, order, remote, since

    def accepted(self) -> list[dict[str, Any]]:
        return self.practice.admin.accepted("linkedin")
