"""How YouTube and Google's sign-in refuse. Reasons: YouTube Data API, errors, September 2026."""

from starlette.responses import JSONResponse, PlainTextResponse, Response

from services.practice.wire.errors import Refusal

_STATUS_WORDS = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND"}


class ApiError(Refusal):
    """The Data API's envelope; clients are expected to classify on `errors[0].reason`."""

    def __init__(self, reason: str, message: str, *, status: int = 400, domain: str = "youtube.video") -> None:
        super().__init__(message, status=status)
        self.reason, self.domain = reason, domain

    def answer(self, trace: str) -> Response:
        row = {"message": self.message, "domain": self.domain, "reason": self.reason}
        error = {"code": self.status, "message": self.message, "errors": [row]}
        if self.domain != "youtube.quota":  # quotaExceeded carries no status word
            error["status"] = _STATUS_WORDS.get(self.status, "UNKNOWN")
        headers = {"WWW-Authenticate": 'Bearer realm="practice"'} if self.status == 401 else None
        return JSONResponse({"error": error}, status_code=self.status, headers=headers)


class SignInError(Refusal):
    """The flat envelope of the token address."""

    def __init__(self, error: str, description: str, *, status: int = 400) -> None:
        super().__init__(description, status=status)
        self.error = error

    def answer(self, trace: str) -> Response:
        return JSONResponse({"error": self.error, "error_description": self.message}, status_code=self.status)


class UploadError(Refusal):
    """Upload sessions refuse in plain text."""

    def answer(self, trace: str) -> Response:
        return PlainTextResponse(self.message, status_code=self.status)


def missed(name: str) -> ApiError:
    """A parameter that must be there is not."""
    return ApiError("required", f"Required parameter: {name}", domain="global")


def not_found(path: str) -> ApiError:
    return ApiError("notFound", f"The requested URL {path} was not found on this server.", status=404, domain="global")
