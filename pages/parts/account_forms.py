"""Forms of the account screen that the browser posts itself: passwords and sessions never enter a page's session."""

from pages.parts.base import sheet
from pages.parts.gate_forms import field, form, hidden, new_password
from pages.parts.markup import chip, esc


def style() -> str:
    """The sheet of these forms, drawn once on the screen."""
    return f"<style>{sheet('forms.css')}</style>"


def change_password(email: str) -> str:
    """:param email: for the browser's password store, which pairs it with the new password"""
    inside = (
        f'<input type="hidden" name="email" value="{esc(email)}" autocomplete="username">'
        + field("Present password", "present", kind="password", complete="current-password", longest=256)
        + new_password("New password")
        + new_password("Again", "again", hint=False)
    )
    return _in_page(form("/auth/password", inside, "Change the password"))


def sign_out_everywhere() -> str:
    return _in_page(form("/auth/sign-out-everywhere", "", "Sign out everywhere"))


def organisation(org_id: str, name: str, *, is_here: bool) -> str:
    """One organisation with its button, or the word that one is in it."""
    if is_here:
        return f'<div class="ld row"><span class="h cut">{esc(name)}</span>{chip("Here", "violet")}</div>'
    return _in_page(form("/auth/organisation", hidden("org", org_id), f"Go to {name}"))


def _in_page(form_html: str) -> str:
    return f'<div class="ld fm plain">{form_html}</div>'
