"""
A platform's refusal, and the Graph's envelope with the refusals that Instagram and Facebook share.

Codes: Graph API v26.0 error reference.
"""

from typing import Any

from starlette.responses import JSONResponse, Response


class Refusal(Exception):
    """A platform says no. Each platform has a subclass that answers in its own envelope; this one is plain JSON."""

    def __init__(self, message: str, *, status: int = 400) -> None:
        super().__init__(message)
        self.message, self.status = message, status

    def answer(self, trace: str) -> Response:
        """The refusal as a response; `trace` is a fresh id for the platform's support."""
        return JSONResponse({"message": self.message, "status": self.status}, status_code=self.status)


class GraphError(Refusal):
    """A refusal in the Graph's envelope; clients are expected to classify on `code` and `subcode`."""

    def __init__(
        self,
        code: int,
        message: str,
        *,
        subcode: int | None = None,
        status: int = 400,
        kind: str = "OAuthException",
        detail: str | None = None,
        is_transient: bool = False,
    ) -> None:
        super().__init__(message, status=status)
        self.code, self.subcode = code, subcode
        self.kind, self.detail, self.is_transient = kind, detail, is_transient

    def answer(self, trace: str) -> Response:
        """The envelope; `trace` becomes `fbtrace_id`."""
        headers = {"WWW-Authenticate": 'OAuth "Practice" "invalid_token"'} if self.code == 190 else None
        return JSONResponse(self._envelope(trace), status_code=self.status, headers=headers)

    def _envelope(self, trace: str) -> dict[str, Any]:
        error: dict[str, Any] = {"message": self.message, "type": self.kind, "code": self.code}
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        error["is_transient"] = self.is_transient
        if self.detail is not None:
            error |= {"error_user_title": self.message, "error_user_msg": self.detail}
        return {"error": {**error, "fbtrace_id": trace}}


def bad_parameter(message: str) -> GraphError:
    """A parameter is missing or wrong."""
    return GraphError(100, f"(#100) {message}")


def missing_parameter(name: str) -> GraphError:
    """A parameter that must be there is not."""
    return bad_parameter(f"The parameter {name} is required")


def unknown_path(path: str) -> GraphError:
    """No such version or edge."""
    return GraphError(2500, f"Unknown path components: /{path}")


def not_visible(node: str, platform: str) -> GraphError:
    """The object does not exist, or the token's owner may not see it: the platforms do not say which."""
    return GraphError(
        100,
        f"Unsupported request. Object with ID '{node}' does not exist, cannot be loaded due to missing permissions, "
        "or does not support this operation",
        subcode=33,
        kind="IGApiException" if platform == "instagram" else "GraphMethodException",
    )


def missing_scope(scope: str) -> GraphError:
    """The person did not grant what this call needs (both platforms: 10)."""
    return GraphError(10, f"(#10) This endpoint requires the '{scope}' permission", status=403)


def no_token() -> GraphError:
    """The call carries no access token."""
    return GraphError(104, "An access token is required to request this resource.", status=401)


def unreadable_token() -> GraphError:
    """The token is made up, or belongs to the other platform."""
    return GraphError(190, "Invalid OAuth access token - Cannot parse access token", status=401)


def expired_token(moment: str) -> GraphError:
    """The token's time is over."""
    return GraphError(190, f"Error validating access token: Session has expired on {moment}.", subcode=463, status=401)


def retired_token() -> GraphError:
    """The token was replaced by a newer one or invalidated by its owner."""
    return GraphError(190, "Error validating access token: The session is invalid.", subcode=467, status=401)
