"""A client of practice YouTube over real HTTP, without any of the product's own adapters."""

from dataclasses import dataclass
from typing import Any

import httpx

from services.kit.clock import FixedClock
from services.practice.seeds import ACCOUNTS
from services.practice.youtube.access import SCOPES
from tests.makers.clips import clip_bytes
from tests.makers.practice import RunningPractice

ACME, BAKERY = list(ACCOUNTS["youtube"])[:2]
UPLOAD = "/youtube/upload/youtube/v3/videos"
WORDS = {
    "snippet": {"title": "Boots", "description": "Fresh.", "tags": ["boots"], "categoryId": "22"},
    "status": {"privacyStatus": "public", "selfDeclaredMadeForKids": False},
}


@dataclass
class Youtube:
    practice: RunningPractice
    clock: FixedClock
    token: str = ""

    def __post_init__(self) -> None:
        self.token = self.token or self.practice.admin.token("youtube", SCOPES, ACME)

    def start(self, size: int, words: Any = WORDS, *, part: str = "snippet,status", **headers: str) -> httpx.Response:
        told = {"X-Upload-Content-Type": "video/mp4", "X-Upload-Content-Length": str(size)}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx.post(
            f"{self.practice.base}{UPLOAD}",
            params={"uploadType": "resumable", "part": part},
            json=words,
            headers=self.bearer | told,
        )

    def session(self, size: int, **words: Any) -> str:
        answer = self.start(size, WORDS | words)
        assert answer.status_code == 200, answer.text
        return str(answer.headers["location"])

    def put(self, session: str, span: str, body: bytes = b"", token: str | None = None) -> httpx.Response:
        headers = {"Content-Range": span, "Content-Type": "application/octet-stream"}
        headers |= self.bearer if token is None else {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.put(session, content=body, headers=headers)

    def upload(self, file: bytes = b"", **words: Any) -> dict[str, Any]:
        """A whole video; returns its resource."""
        file = file or clip_bytes()
        answer = self.put(self.session(len(file), **words), f"bytes 0-{len(file) - 1}/{len(file)}", file)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def get(self, path: str, token: str | None = None, **params: str) -> httpx.Response:
        headers = self.bearer if token is None else {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.get(f"{self.practice.base}/youtube/youtube/v3/{path}", params=params, headers=headers)

    def video(self, video_id: str, part: str = "status,processingDetails") -> dict[str, Any]:
        (found,) = self.get("videos", part=part, id=video_id).json()["items"]
        return dict(found)

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def reason(answer: httpx.Response) -> tuple[int, str]:
    """Status and reason of a refusal."""
    error = answer.json()["error"]
    assert error["code"] == answer.status_code and error["message"]
    return answer.status_code, error["errors"][0]["reason"]
