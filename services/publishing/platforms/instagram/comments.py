"""Instagram, comments under our own posts. Facts: IG Media comments, Graph v26.0; a scope of its own."""

from services.publishing.platforms.instagram.wire import call, dicts, made_id
from services.publishing.publisher import Door


class Comments:
    """Reads and writes comments as the account."""

    def comments(self, remote_id: str, door: Door) -> list[str]:
        told = call(door, "GET", f"{remote_id}/comments", params={"fields": "text", "limit": "50"})
        return [str(row.get("text", "")) for row in dicts(told.get("data"))]

    def comment(self, remote_id: str, words: str, door: Door) -> None:
        """:raises OutcomeUnknown: no id came back"""
        made_id(call(door, "POST", f"{remote_id}/comments", form={"message": words}))
