"""TikTok as the adapters' tests make it up: answers by the end of the path, in its envelope."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

import httpx

from services.approvals import SealedMedia
from services.kit.errors import CredentialsExpired, OutcomeUnknown, PermissionMissing, RateLimited, Rejected
from tests.services.publishing.platforms.contract import SECRET, Answer, PublisherContract, Refusals

CREATOR = {
    "creator_username": "acme",
    "privacy_level_options": ["PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"],
    "comment_disabled": False,
    "duet_disabled": False,
    "stitch_disabled": True,
    "max_video_post_duration_sec": 600,
}
PUBLIC = {"format": "video", "privacy": "PUBLIC_TO_EVERYONE"}
PRIVATE = {"format": "video", "privacy": "SELF_ONLY"}
UPLOAD_URL = "https://open-upload.tiktokapis.com/video/?upload_id=7&upload_token=t"


def clip(**changes: Any) -> SealedMedia:
    words: dict[str, Any] = {
        "sha256": "1" * 64, "alt_text": "", "asset_id": UUID(int=2), "file_key": "v.mp4", "width": 1080,
        "height": 1920, "content_type": "video/mp4", "duration_ms": 9_000,
    }  # fmt: skip
    return SealedMedia(**(words | changes))


def well(data: Any = None) -> httpx.Response:
    return httpx.Response(200, json={"data": data or {}, "error": {"code": "ok", "message": "", "log_id": "L"}})


def badly(code: str, status: int = 200, message: str = "No.") -> httpx.Response:
    return httpx.Response(status, json={"data": {}, "error": {"code": code, "message": message, "log_id": "L"}})


def tiktok(answers: Mapping[str, httpx.Response | Answer], seen: list[httpx.Request] | None = None) -> Answer:
    """Each path by its end; the creator's answer comes by itself."""

    def answer(request: httpx.Request) -> httpx.Response:
        request.read()
        if seen is not None:
            seen.append(request)
        for end, given in {"creator_info/query/": well(CREATOR), **answers}.items():
            if request.url.path.endswith(end):
                return given if isinstance(given, httpx.Response) else given(request)
        raise AssertionError(request.url.path)

    return answer


def said(code: str, status: int = 200) -> Answer:
    return lambda request: badly(code, status)


REFUSALS: Refusals = [
    (lambda request: well({}), OutcomeUnknown),
    (lambda request: httpx.Response(200, json={"data": {"publish_id": "v_1"}}), OutcomeUnknown),
    (said("internal_error", 500), OutcomeUnknown),
    (said("internal_error", 200), OutcomeUnknown),
    (said("rate_limit_exceeded", 429), RateLimited),
    (said("spam_risk_too_many_posts", 403), RateLimited),
    (said("spam_risk_too_many_posts", 200), RateLimited),
    (said("reached_active_user_cap"), RateLimited),
    (said("access_token_invalid", 401), CredentialsExpired),
    (said("scope_not_authorized", 401), PermissionMissing),
    (said("invalid_param", 400), Rejected),
    (said("invalid_params", 400), Rejected),
    (said("url_ownership_unverified", 403), Rejected),
    (said("privacy_level_option_mismatch", 403), Rejected),
    (said("unaudited_client_can_only_post_to_private_accounts", 403), Rejected),
    (said("spam_risk_user_banned_from_posting", 403), Rejected),
    (said("something_new_of_2027", 200), Rejected),
    (said("something_new_of_2027", 418), Rejected),
]


class FetchedContract(PublisherContract):
    """For formats whose one call is init: the creator is asked first, and answers well."""

    refusals: ClassVar[Refusals] = REFUSALS
    quoting: ClassVar[Any] = {"data": {}, "error": {"code": "invalid_params", "message": f"Bad {SECRET} here"}}
    remote: ClassVar[dict[str, str]] = {"publish_id": "v_pub_url~v2-1.7"}

    def publish(self, answer: Answer) -> Any:
        def with_creator(request: httpx.Request) -> httpx.Response:
            return well(CREATOR) if request.url.path.endswith("creator_info/query/") else answer(request)

        return super().publish(with_creator)
