"""HTTP that is no screen: sign-in, set-up, OAuth returns, stored files, health; and the headers around everything."""

from services.api.figures import serve_figures
from services.api.forms import SESSION_COOKIE, safe_next
from services.api.headers import SameOrigin, SecurityHeaders, content_security_policy, middleware
from services.api.problems import problem_sentence
from services.api.routing import routes

__all__ = [
    "SESSION_COOKIE",
    "SameOrigin",
    "SecurityHeaders",
    "content_security_policy",
    "middleware",
    "problem_sentence",
    "routes",
    "safe_next",
    "serve_figures",
]
