"""Who is asking, how often, and the refusals in TikTok's envelope. Facts: API v2, error handling, rate limits."""

from typing import Any

from starlette.responses import JSONResponse, Response

from services.practice import things, tokens
from services.practice.seeds import ACCOUNTS, Account
from services.practice.wire.calls import Call
from services.practice.wire.errors import Refusal

_MINUTE = 60.0


class TikTokError(Refusal):
    """A refusal in TikTok's envelope; some arrive with status 200."""

    def __init__(self, code: str, message: str, *, status: int = 400) -> None:
        super().__init__(message, status=status)
        self.code = code

    def answer(self, trace: str) -> Response:
        """`data` is empty; `trace` becomes `log_id`."""
        error = {"code": self.code, "message": self.message, "log_id": trace}
        return JSONResponse({"data": {}, "error": error}, status_code=self.status)


class SignInError(Refusal):
    """A refusal of the token address, which has a shape of its own."""

    def __init__(self, code: str, message: str, *, status: int = 400) -> None:
        super().__init__(message, status=status)
        self.code = code

    def answer(self, trace: str) -> Response:
        return JSONResponse(
            {"error": self.code, "error_description": self.message, "log_id": trace}, status_code=self.status
        )


def ok(data: dict[str, Any]) -> dict[str, Any]:
    """What went well, in the envelope."""
    return {"data": data, "error": {"code": "ok", "message": "", "log_id": "practice"}}


def own_account(call: Call, *scopes: str) -> Account:
    """The account of the token. :raises TikTokError: access_token_invalid, scope_not_authorized"""
    token = tokens.find_token(call.world, "tiktok", call.bearer or "")
    if token is None or token.kind != "access" or tokens.standing(token, call.now) != "ok":
        raise TikTokError(
            "access_token_invalid", "The access token is invalid or not found in the request.", status=401
        )
    for scope in scopes:
        if scope not in token.grant.scopes:
            message = f"The user did not authorize the scope required for completing this request: {scope}."
            raise TikTokError("scope_not_authorized", message, status=401)
    return ACCOUNTS["tiktok"][token.subject]


def count_call(call: Call, kind: str) -> None:
    """
    Count a call of this token against its limit per minute, `tiktok_<kind>_per_minute`.

    :raises TikTokError: rate_limit_exceeded
    """
    world, id = call.world, f"{kind}/{call.bearer}"
    with world.store.act():
        kept = things.get(world, "tiktok", "calls", id)
        if kept is None:
            things.put(world, "tiktok", "calls", id, "", {"at": []})
        at = [moment for moment in (kept or {}).get("at", []) if moment > call.now - _MINUTE]
        if len(at) >= world.setting(f"tiktok_{kind}_per_minute"):
            raise TikTokError(
                "rate_limit_exceeded", "The API rate limit was exceeded. Please try again later.", status=429
            )
        things.change(world, "tiktok", "calls", id, at=[*at, call.now])


def sent_object(call: Call) -> dict[str, Any]:
    """The JSON object of a call. :raises TikTokError: invalid_params"""
    if not call.is_json or not isinstance(call.json, dict):
        raise TikTokError("invalid_params", "The request body must be a JSON object sent as application/json.")
    return call.json


def invalid(message: str) -> TikTokError:
    """A parameter is missing or wrong."""
    return TikTokError("invalid_params", message)
