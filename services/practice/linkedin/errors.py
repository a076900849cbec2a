"""LinkedIn's refusals: one envelope for its API, another for its sign-in. Codes: error handling, September 2026."""

from typing import Any

from starlette.responses import JSONResponse, Response

from services.practice.wire.errors import Refusal


class LinkedInError(Refusal):
    """A refusal of the API; clients are expected to classify on status and code."""

    def __init__(self, status: int, code: str, message: str, *, service: int | None = None) -> None:
        super().__init__(message, status=status)
        self.code, self.service = code, service

    def answer(self, trace: str) -> Response:
        """The envelope; `trace` becomes `x-li-uuid`."""
        body: dict[str, Any] = {"status": self.status, "code": self.code, "message": self.message}
        if self.service is not None:
            body["serviceErrorCode"] = self.service
        return JSONResponse(body, status_code=self.status, headers={"x-li-uuid": trace})


class Unprocessable(Refusal):
    """422 with a field named in the message only, or with codes of inputs: LinkedIn gives no code of its own here."""

    def __init__(self, message: str, code: str = "", description: str = "") -> None:
        super().__init__(message, status=422)
        self.code, self.description = code, description

    def answer(self, trace: str) -> Response:
        body: dict[str, Any] = {"message": self.message, "status": self.status}
        if self.code:
            row = {"description": self.description, "input": {}, "code": self.code}
            body |= {
                "errorDetailType": "com.linkedin.common.error.BadRequest",
                "errorDetails": {"inputErrors": [row]},
            }
        return JSONResponse(body, status_code=self.status, headers={"x-li-uuid": trace})


class OAuthError(Refusal):
    """A refusal of the token's address."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(description, status=status)
        self.error = error

    def answer(self, trace: str) -> Response:
        return JSONResponse({"error": self.error, "error_description": self.message}, status_code=self.status)


def denied(what: str) -> LinkedInError:
    """A scope or a role is missing."""
    return LinkedInError(403, "ACCESS_DENIED", f"Not enough permissions to access: {what}", service=100)


def wrong_author() -> LinkedInError:
    """The token's member may not post as this author."""
    message = "Unpermitted fields present in REQUEST_BODY: Data Processing Exception while processing fields [/author]"
    return LinkedInError(403, "ACCESS_DENIED", message, service=100)


def not_found(urn: str) -> LinkedInError:
    return LinkedInError(404, "NOT_FOUND", f"Could not find entity {urn}")


def bad_value(field: str, message: str) -> LinkedInError:
    """A field holds what it may not."""
    return LinkedInError(400, "INVALID_VALUE_FOR_FIELD", f"{field} {message}")


def too_long(field: str, most: int) -> LinkedInError:
    return LinkedInError(400, "FIELD_LENGTH_TOO_LONG", f"{field} is longer than {most} characters")


def missing_field(name: str) -> Refusal:
    """A parameter that must be there is not."""
    return LinkedInError(400, "MISSING_FIELD", f"Required field {name} is missing")


def required(path: str) -> Unprocessable:
    """A field of the schema is not there."""
    return Unprocessable(f"ERROR :: {path} :: field is required but not found and has no default value")
