"""Practice LinkedIn as its tests meet it: people, pages, tokens, and files of the sizes it takes."""

import io
from typing import Any

import httpx
from PIL import Image

from tests.makers.clips import clip_bytes
from tests.makers.practice import RunningPractice

ACME, BAKERY = "urn:li:organization:100000001", "urn:li:organization:100000002"
ROBIN, KIM = "urn:li:person:RobinPractice1", "urn:li:person:KimPractice1"
SCOPES = (
    "openid",
    "profile",
    "w_member_social",
    "w_organization_social",
    "r_organization_social",
    "rw_organization_admin",
)
HEADERS = {"LinkedIn-Version": "202609", "X-Restli-Protocol-Version": "2.0.0"}


def token(practice: RunningPractice, *scopes: str, subject: str = ROBIN, **terms: Any) -> str:
    """A token of 60 days without the sign-in."""
    return practice.admin.token("linkedin", scopes or SCOPES, subject, **terms)


def headers(bearer: str, **changes: str | None) -> dict[str, str]:
    """What every call carries; None takes a header away."""
    whole = {**HEADERS, "Authorization": f"Bearer {bearer}", **changes}
    return {name: value for name, value in whole.items() if value is not None}


def api(practice: RunningPractice, bearer: str, method: str, path: str, **sent: Any) -> httpx.Response:
    changes = sent.pop("headers", {})
    url = f"{practice.base}/linkedin/rest/{path}"
    return httpx.request(method, url, headers=headers(bearer, **changes), timeout=20, **sent)


def post(author: str = ACME, words: str = "Fresh today.", **changes: Any) -> dict[str, Any]:
    """A post that is taken."""
    feed = {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []}
    whole = {"author": author, "commentary": words, "visibility": "PUBLIC", "distribution": feed}
    return {**whole, "lifecycleState": "PUBLISHED", "isReshareDisabledByAuthor": False, **changes}


def picture_bytes(shade: int = 40, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (400, 400), (shade, 90, 200)).save(out, kind)
    return out.getvalue()


def film_bytes(byte_count: int = 80_000, *, seconds: int = 5) -> bytes:
    """An MP4 of exactly that many bytes: a short clip with empty space behind it."""
    clip = clip_bytes(seconds=seconds)
    left = byte_count - len(clip)
    return clip + left.to_bytes(4, "big") + b"free" + bytes(left - 8) if left >= 8 else clip
