"""Signing in and out, accepting an invitation, passwords: plain forms, so that no password enters a page's session."""

from urllib.parse import urlencode
from uuid import UUID

from starlette.responses import Response
from starlette.routing import Route

from services import identity
from services.api.forms import AppOf, Form, posting, redirect, safe_next, signed_in, signed_out, with_query
from services.kit.app import App
from services.kit.errors import Invalid


class PasswordsDiffer(Invalid):
    """The two new passwords differ."""


def routes(app_of: AppOf) -> list[Route]:
    """Every route that takes a password or a session."""
    return [
        posting("/auth/sign-in", app_of, _sign_in, _back_to_next),
        posting("/auth/sign-out", app_of, _sign_out, _home),
        posting("/auth/sign-out-everywhere", app_of, _sign_out_everywhere, _home),
        posting("/auth/invitation", app_of, _accept_invitation, lambda form: _link("invite", form, "your_name")),
        posting("/auth/reset", app_of, _reset_password, lambda form: _link("reset", form)),
        posting("/auth/password", app_of, _change_password, lambda _: "/account"),
        posting("/auth/organisation", app_of, _change_organisation, lambda _: "/account"),
    ]


def _home(_: Form) -> str:
    return "/"


def _back_to_next(form: Form) -> str:
    return safe_next(form["next"])


def _link(name: str, form: Form, *kept: str) -> str:
    return "/?" + urlencode({name: form["token"], **form.all(*kept)})


def _sign_in(app: App, form: Form, caller: identity.Caller) -> Response:
    session_id = identity.sign_in(app, form["email"], form["password"], caller)
    return signed_in(app, session_id, safe_next(form["next"]))


def _sign_out(app: App, form: Form, caller: identity.Caller) -> Response:
    identity.sign_out(app, caller.session_id)
    return signed_out(app, "/")


def _sign_out_everywhere(app: App, form: Form, caller: identity.Caller) -> Response:
    person = identity.viewer(app, caller.session_id)
    if person is not None:
        identity.sign_out_everywhere(app, person)
    return signed_out(app, with_query("/", told="signed-out"))


def _accept_invitation(app: App, form: Form, caller: identity.Caller) -> Response:
    session_id = identity.accept_invitation(app, form["token"], form["your_name"], form["password"], caller)
    return signed_in(app, session_id, "/")


def _reset_password(app: App, form: Form, caller: identity.Caller) -> Response:
    _same_twice(form)
    identity.reset_password(app, form["token"], form["password"])
    return signed_out(app, with_query("/", told="password-set"))


def _change_password(app: App, form: Form, caller: identity.Caller) -> Response:
    person = identity.viewer(app, caller.session_id)
    if person is None:
        return redirect("/account")
    _same_twice(form)
    identity.change_password(app, person, form["present"], form["password"], caller)
    return redirect(with_query("/account", told="password-changed"))


def _change_organisation(app: App, form: Form, caller: identity.Caller) -> Response:
    try:
        org_id = UUID(form["org"])
    except ValueError as error:
        raise identity.MemberGone() from error
    identity.change_organisation(app, caller.session_id or "", org_id)
    return redirect("/")


def _same_twice(form: Form) -> None:
    if form["password"] != form["again"]:
        raise PasswordsDiffer()
