"""The platforms' error envelope, and the refusals both platforms share. Codes: Graph API v26.0 error reference."""

from typing import Any


class GraphError(Exception):
    """A refusal in the platforms' envelope; clients are expected to classify on `code` and `subcode`."""

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
        super().__init__(message)
        self.code, self.message, self.subcode, self.status = code, message, subcode, status
        self.kind, self.detail, self.is_transient = kind, detail, is_transient

    def envelope(self, trace: str) -> dict[str, Any]:
        """The JSON body; `trace` becomes `fbtrace_id`."""
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
