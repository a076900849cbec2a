"""Where people see an account on its platform."""

from urllib.parse import quote

from services.kit.config import Settings

# Each platform's own form of an account's address, as of 21 Nov 2026; `{id}` is the account's id there.
_REAL = {
    "instagram": "https://www.instagram.com/{handle}/",
    "facebook": "https://www.facebook.com/{id}",
    "tiktok": "https://www.tiktok.com/@{handle}",
    "pinterest": "https://www.pinterest.com/{handle}/",
    "x": "https://x.com/{handle}",
    "youtube": "https://www.youtube.com/channel/{id}",
}
_BY_ID = frozenset({"facebook"})  # practice pages are found by handle, but for this one


def account_address(settings: Settings, platform: str, remote_id: str, handle: str, *, is_practice: bool) -> str:
    """The public page of an account; empty where its address is not known from what we hold."""
    name = handle.strip().lstrip("@")
    if is_practice:
        place = remote_id if platform in _BY_ID else name
        return f"{settings.practice_url}/{platform}/{quote(place, safe='')}" if settings.practice_url and place else ""
    if platform == "linkedin":
        kind, _, number = remote_id.rpartition(":")
        return f"https://www.linkedin.com/company/{number}/" if kind.endswith("organization") else ""
    form = _REAL.get(platform, "")
    if not form or ("{handle}" in form and not name):
        return ""
    return form.format(handle=quote(name, safe=""), id=quote(remote_id, safe=""))
