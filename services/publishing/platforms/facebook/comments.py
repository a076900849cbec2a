"""Facebook, the Page's comments under its own posts. Facts: Pages API, Comments, Graph v26.0; a scope of its own."""

from services.publishing.platforms.facebook.wire import call, dicts, made_id
from services.publishing.publisher import Door


class Comments:
    """Reads and writes comments as the Page."""

    def comments(self, remote_id: str, door: Door) -> list[str]:
        told = call(door, "GET", f"{remote_id}/comments", params={"fields": "message", "limit": "50"})
        return [str(row.get("message", "")) for row in dicts(told.get("data"))]

    def comment(self, remote_id: str, words: str, door: Door) -> None:
        """:raises OutcomeUnknown: no id came back"""
        made_id(call(door, "POST", f"{remote_id}/comments", form={"message": words}), "id")
