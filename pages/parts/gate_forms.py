"""The forms of the gate: real forms, posted by the browser itself, so that no password enters a page's session."""

from collections.abc import Mapping, Sequence

from pages.parts.markup import esc
from services import brands, identity

_COLOURS = ("#4B47D1", "#191B22", "#FFD9A0")


def field(
    label: str,
    name: str,
    *,
    kind: str = "text",
    value: str = "",
    hint: str = "",
    placeholder: str = "",
    complete: str = "off",
    longest: int = 120,
    required: bool = True,
) -> str:
    """
    One labelled input.

    `name` may not be a word that documents and forms already use ("name", "title", "action"): the browser's cleaner
    drops it.
    """
    least = f' minlength="{identity.PASSWORD_MIN}"' if complete == "new-password" else ""
    return (
        f'<label><span>{esc(label)}</span><input type="{esc(kind)}" name="{esc(name)}" value="{esc(value)}" '
        f'placeholder="{esc(placeholder)}" autocomplete="{esc(complete)}" maxlength="{longest}"{least}'
        f"{' required' if required else ''}>{f'<small>{esc(hint)}</small>' if hint else ''}</label>"
    )


def new_password(label: str, name: str = "password", *, hint: bool = True) -> str:
    rule = f"{identity.PASSWORD_MIN} characters or more. A sentence is fine." if hint else ""
    return field(label, name, kind="password", complete="new-password", longest=256, hint=rule)


def hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{esc(name)}" value="{esc(value)}">'


def select(label: str, name: str, options: Sequence[str], chosen: str) -> str:
    inside = "".join(f"<option{' selected' if one == chosen else ''}>{esc(one)}</option>" for one in options)
    return f'<label><span>{esc(label)}</span><select name="{esc(name)}">{inside}</select></label>'


def form(action: str, fields_html: str, button: str, *, uploads: bool = False) -> str:
    """:param fields_html: finished markup of the functions above"""
    kind = ' enctype="multipart/form-data"' if uploads else ""
    return (
        f'<form method="post" action="{esc(action)}"{kind}>{fields_html}'
        f'<button type="submit">{esc(button)}</button></form>'
    )


def sign_in(next_path: str, google_address: str) -> str:
    forgot = (
        "<details><summary>Forgot it?</summary><p>An owner of your organisation makes you a link "
        "with which you set a new one: Members, then your name.</p></details>"
    )
    inside = (
        hidden("next", next_path)
        + field("Work email", "email", kind="email", complete="username", placeholder="ana@example.com", longest=254)
        + field("Password", "password", kind="password", complete="current-password", longest=256)
        + forgot
    )
    google = f'<a class="go other" href="{esc(google_address)}" target="_self">Sign in with Google</a>'
    return form("/auth/sign-in", inside, "Sign in") + (google if google_address else "")


def set_up(token: str, kept: Mapping[str, str], zone: str) -> str:
    """:param kept: what was entered before a problem sent the person back"""

    def again(name: str) -> str:
        return kept.get(name, "")

    pickers = "".join(
        f'<input type="color" name="colour{n}" value="{esc(again(f"colour{n}") or colour)}" aria-label="Colour {n}">'
        for n, colour in enumerate(_COLOURS, 1)
    )
    inside = (
        hidden("token", token)
        + field("Organisation", "organisation", value=again("organisation"), complete="organization")
        + '<div class="two">'
        + field("Your name", "your_name", value=again("your_name"), complete="name", longest=80)
        + field("Work email", "email", kind="email", value=again("email"), complete="username", longest=254)
        + "</div>"
        + new_password("Password")
        + '<div class="two">'
        + field("First brand", "brand", value=again("brand"), longest=80, placeholder="as the organisation",
                required=False)
        + select("Time zone", "time_zone", brands.time_zones(), again("time_zone") or zone)
        + "</div>"
        + field("Web address", "web_address", value=again("web_address"), placeholder="example.com", longest=500,
                complete="url", required=False)
        + f'<div class="two"><fieldset><legend>Colours</legend>{pickers}</fieldset>'
        '<label><span>Logo</span><input type="file" name="logo" accept="image/png,image/jpeg,image/webp"></label></div>'
    )  # fmt: skip
    return form("/auth/set-up", inside, "Create the organisation", uploads=True)


def accept(token: str, offer: identity.Invited, your_name: str) -> str:
    inside = (
        hidden("token", token)
        + field("Your name", "your_name", value=your_name, complete="name", longest=80)
        + f'<input type="hidden" name="email" value="{esc(offer.email)}" autocomplete="username">'
        + new_password("Password")
    )
    return form("/auth/invitation", inside, f"Join {offer.org_name}")


def reset(token: str) -> str:
    inside = hidden("token", token) + new_password("New password") + new_password("Again", "again", hint=False)
    return form("/auth/reset", inside, "Set the password")
