"""The first start: owner, organisation and first brand, all or nothing."""

from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from services import brands, identity
from services.api.forms import AppOf, Form, posting, signed_in
from services.kit.app import App

_KEPT = ("organisation", "your_name", "email", "brand", "web_address", "time_zone", "colour1", "colour2", "colour3")
_LIMIT = brands.LOGO_BYTES_MAX + 64 * 1024


def routes(app_of: AppOf) -> list[Route]:
    """The form of the set-up link; what was entered comes back with a problem, but for the password and the logo."""
    return [posting("/auth/set-up", app_of, _set_up, _back, limit=_LIMIT)]


def _back(form: Form) -> str:
    return "/?" + urlencode({"setup": form["token"], **form.all(*_KEPT)})


def _set_up(app: App, form: Form, caller: identity.Caller) -> Response:
    return signed_in(app, set_up(app, form, caller), "/")


def set_up(app: App, form: Form, caller: identity.Caller) -> str:
    """
    Make everything in one transaction and sign the owner in; returns the session's id.

    :raises LinkSpent, AlreadySetUp: the token does not work
    :raises EmailWrong, PasswordTooWeak, NameWrong and the errors of brands.checked and brands.store_logo
    """
    if not identity.is_set_up_open(app, form["token"]):
        raise identity.AlreadySetUp() if identity.is_set_up(app) else identity.LinkSpent()
    fields = brands.checked(_brand_fields(form))
    identity.normal_name(form["your_name"])
    identity.normal_name(form["organisation"], 120)
    owner: identity.Newcomer = app.identity.create(identity.normal_email(form["email"]), form["password"])
    org_id, logo_key = app.ids.new(), None
    try:
        logo_key = brands.store_logo(app, org_id, form.files.get("logo", b""))
        with app.admin_tx() as tx:
            scope = identity.found(tx, form["token"], owner, form["your_name"], form["organisation"], org_id)
            brands.create_brand(tx, fields, logo_key)
    except BaseException:
        app.identity.discard(owner)
        if logo_key:
            app.files.delete([logo_key])
        raise
    with app.admin_tx() as tx:
        return identity.open_session(tx, owner.user_id, caller, scope.org_id)


def _brand_fields(form: Form) -> brands.BrandFields:
    return brands.BrandFields(
        name=form["brand"] or form["organisation"],
        web_address=form["web_address"],
        time_zone=form["time_zone"],
        colours=tuple(form[name] for name in ("colour1", "colour2", "colour3")),
    )
