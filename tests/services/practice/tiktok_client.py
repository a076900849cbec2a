"""A bare client of practice TikTok over real HTTP, for tests of the platform itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from services.kit.clock import FixedClock
from services.practice.seeds import ACCOUNTS
from services.practice.tiktok.signin import SCOPES
from tests.makers.clips import clip_bytes
from tests.makers.practice import RunningPractice, running_practice

ACME, BAKERY = ACCOUNTS["tiktok"]
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
INFO = {"title": "Fresh today.", "privacy_level": "PUBLIC_TO_EVERYONE"}
CLIP = clip_bytes(width=360, height=640)


@dataclass
class TikTok:
    practice: RunningPractice
    clock: FixedClock
    http: httpx.Client
    token: str

    def call(self, path: str, body: Any = None, *, method: str = "POST", **more: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {more.pop('token', self.token)}"}
        sent = {"json": body} if body is not None else {}
        return self.http.request(method, f"{self.practice.base}/tiktok/v2/{path}", headers=headers, **sent, **more)

    def init(self, size: int = len(CLIP), part: int = 0, count: int = 1, **info: Any) -> httpx.Response:
        source = {"source": "FILE_UPLOAD", "video_size": size, "chunk_size": part or size, "total_chunk_count": count}
        return self.call("post/publish/video/init/", {"post_info": INFO | info, "source_info": source})

    def begun(self, **info: Any) -> dict[str, str]:
        return dict(self.init(**info).json()["data"])

    def put(self, url: str, body: bytes = CLIP, told: str = "", kind: str = "video/mp4") -> httpx.Response:
        told = told or f"bytes 0-{len(body) - 1}/{len(body)}"
        return self.http.put(url, content=body, headers={"Content-Type": kind, "Content-Range": told})

    def posted(self, **info: Any) -> str:
        """Publish the clip and wait for it; returns its publish_id."""
        begun = self.begun(**info)
        assert self.put(begun["upload_url"]).status_code == 201
        self.clock.move(seconds=2)
        return begun["publish_id"]

    def status(self, publish_id: str, **more: Any) -> dict[str, Any]:
        answer = self.call("post/publish/status/fetch/", {"publish_id": publish_id}, **more)
        assert answer.status_code == 200, answer.text
        return dict(answer.json()["data"])

    def other_token(self, *scopes: str, subject: str = ACME) -> str:
        return self.practice.admin.token("tiktok", scopes or SCOPES, subject)


@contextmanager
def practice_tiktok(tmp_path: Path, **settings: float) -> Iterator[TikTok]:
    clock = FixedClock(NOW)
    with running_practice(tmp_path, clock=clock, **settings) as practice:
        with httpx.Client(trust_env=False, timeout=20) as http:
            yield TikTok(practice, clock, http, practice.admin.token("tiktok", SCOPES, ACME))


def code(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of an answer, whose envelope is checked."""
    body = answer.json()
    assert body["error"].keys() == {"code", "message", "log_id"} and body["error"]["log_id"]
    assert body["data"] == {} or body["error"]["code"] == "ok"
    return answer.status_code, body["error"]["code"]
