"""A bare client of practice X, for what the adapters never send."""

from dataclasses import dataclass
from typing import Any

import httpx

from services.kit.clock import FixedClock
from tests.makers.practice import RunningPractice
from tests.makers.x import ACME, SCOPES, picture


@dataclass
class Client:
    """Answers come back as they are; `token` is Acme's unless another is given."""

    practice: RunningPractice
    clock: FixedClock
    token: str = ""

    def __post_init__(self) -> None:
        self.token = self.token or self.token_of(ACME)

    def token_of(self, account: str, scopes: tuple[str, ...] = SCOPES) -> str:
        return self.practice.admin.token("x", scopes, account, expires_in=86_400 * 2)

    def call(self, method: str, path: str, **sent: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        with httpx.Client(trust_env=False, timeout=20) as http:
            return http.request(method, f"{self.practice.base}/x/2/{path}", headers=headers, **sent)

    def post(self, **body: Any) -> httpx.Response:
        return self.call("POST", "tweets", json=body)

    def posted(self, **body: Any) -> str:
        answer = self.post(**body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["data"]["id"])

    def upload(self, body: bytes | None = None, **form: Any) -> httpx.Response:
        form = {"media_category": "tweet_image"} | form
        return self.call("POST", "media/upload", files={"media": ("a", body or picture(), "image/jpeg")}, data=form)

    def uploaded(self) -> str:
        return str(self.upload().json()["data"]["id"])

    def initialize(self, total: Any, **changes: Any) -> httpx.Response:
        body = {"media_type": "video/mp4", "total_bytes": total, "media_category": "tweet_video"} | changes
        return self.call("POST", "media/upload/initialize", json=body)

    def append(self, media_id: str, number: Any, body: bytes) -> httpx.Response:
        sent = {"media": ("part", body, "application/octet-stream")}
        return self.call("POST", f"media/upload/{media_id}/append", files=sent, data={"segment_index": str(number)})

    def finalize(self, media_id: str) -> httpx.Response:
        return self.call("POST", f"media/upload/{media_id}/finalize")

    def video(self, body: bytes, **changes: Any) -> httpx.Response:
        """A whole upload in one segment; the answer to its end."""
        media_id = self.initialize(len(body), **changes).json()["data"]["id"]
        assert self.append(media_id, 0, body).status_code == 200
        return self.finalize(media_id)

    def state(self, media_id: str) -> str:
        told = self.call("GET", "media/upload", params={"command": "STATUS", "media_id": media_id}).json()["data"]
        return str(told["processing_info"]["state"])

    def timeline(self, user: str = ACME, **params: Any) -> httpx.Response:
        params = {name.replace("__", "."): value for name, value in params.items()}
        return self.call("GET", f"users/{user}/tweets", params=params)


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Status and the last part of the type of a refusal."""
    body = answer.json()
    assert body["title"] and body["detail"] and body["status"] == answer.status_code
    return answer.status_code, body["type"].rsplit("/", 1)[-1]
