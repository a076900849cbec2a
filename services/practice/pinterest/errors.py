"""Pinterest's envelope `{"code", "message"}`. Numbers that no source tells are 1, 40, 50."""

from starlette.responses import JSONResponse, Response

from services.practice.wire.errors import Refusal


class PinterestError(Refusal):
    """A refusal in Pinterest's envelope."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message, status=status)
        self.code = code

    def answer(self, trace: str) -> Response:
        headers = {"x-pinterest-rid": trace}
        body = {"code": self.code, "message": self.message}
        return JSONResponse(body, status_code=self.status, headers=headers)


def invalid(message: str) -> PinterestError:
    """The request does not fit the schema; the message names the field."""
    return PinterestError(400, 1, f"Invalid request: {message}")


def missed(name: str) -> PinterestError:
    """A field that must be there."""
    return invalid(f"'{name}' is a required property")


def not_found(kind: str, code: int) -> PinterestError:
    """No such board, pin or upload, or not this account's."""
    return PinterestError(404, code, f"{kind} not found.")


def unauthenticated() -> PinterestError:
    """No token, or one that does not work (any more)."""
    return PinterestError(401, 2, "Authentication failed.")


def missing_scope(scope: str) -> PinterestError:
    """Seen as 401 code 3, not 403."""
    return PinterestError(401, 3, f"Authorization failed: missing scope {scope}.")


def over_quota() -> PinterestError:
    """Too many calls; when it ends is in the headers."""
    return PinterestError(429, 8, "You have exceeded your rate limit. Try again later.")
