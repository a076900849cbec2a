"""Comments under a post: plain text, in which the escapes that a post needs would show. Source: Comments API."""

from services.kit.linkedin import in_path
from services.publishing.platforms.linkedin.wire import call
from services.publishing.publisher import Door

_LISTED = 50


class Comments:
    """A page's comments can be read; a member's to nobody, so nothing is put under a member's post."""

    def comments(self, remote_id: str, door: Door) -> list[str]:
        """:raises PermissionMissing: the post is a member's, or the token may not read"""
        body = call(door, "GET", _under(remote_id), params={"count": str(_LISTED)}).body
        rows = body.get("elements") if isinstance(body, dict) else None
        messages = [row.get("message") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        return [str(one["text"]) for one in messages if isinstance(one, dict) and "text" in one]

    def comment(self, remote_id: str, words: str, door: Door) -> None:
        """As the account that posted."""
        said = {"actor": door.account, "object": remote_id, "message": {"text": words}}
        call(door, "POST", _under(remote_id), json=said)


def _under(remote_id: str) -> str:
    return f"socialActions/{in_path(remote_id)}/comments"
