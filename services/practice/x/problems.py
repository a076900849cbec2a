"""X's refusals: problem JSON, and the flat form of its token address."""

from starlette.responses import JSONResponse, Response

from services.practice.wire.errors import Refusal

_KINDS = "https://api.x.com/2/problems/"


class Problem(Refusal):
    """A refusal as problem JSON; `kind` is the last part of its type, empty for `about:blank`."""

    def __init__(self, status: int, title: str, detail: str, kind: str = "") -> None:
        super().__init__(detail, status=status)
        self.title, self.kind = title, kind

    def answer(self, trace: str) -> Response:
        kind = f"{_KINDS}{self.kind}" if self.kind else "about:blank"
        told = {"title": self.title, "detail": self.message, "type": kind, "status": self.status}
        if self.kind == "invalid-request":
            told |= {"errors": [{"message": self.message}], "detail": "One or more parameters was invalid."}
            told["detail"] = f"{told['detail']} {self.message}"
        return JSONResponse(told, status_code=self.status, headers={"x-transaction-id": trace})


class TokenRefusal(Refusal):
    """A refusal of the token address."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description, status=status)
        self.error = error

    def answer(self, trace: str) -> Response:
        told = {"error": self.error, "error_description": self.message}
        return JSONResponse(told, status_code=self.status, headers={"x-transaction-id": trace})


def invalid(detail: str) -> Problem:
    """A parameter is missing or wrong."""
    return Problem(400, "Invalid Request", detail, "invalid-request")


def missed(name: str) -> Problem:
    """A parameter that must be there is not."""
    return invalid(f"The `{name}` parameter is missing.")


def forbidden(detail: str = "You are not permitted to perform this action.") -> Problem:
    """Not allowed: a scope, or a rule of self-serve access."""
    return Problem(403, "Forbidden", detail)


def unauthorized() -> Problem:
    """No token, a made-up one, or one whose time is over: X does not say which."""
    return Problem(401, "Unauthorized", "Unauthorized")


def not_found() -> Problem:
    """No such path or thing."""
    return Problem(404, "Not Found", "Not Found")
