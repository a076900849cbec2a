"""The account's boards, from which a person chooses: what the setting `board` reads."""

from services.publishing.platforms.pinterest.wire import call, is_id
from services.publishing.publisher import Door

_PAGES_MOST = 20


def boards(door: Door) -> tuple[tuple[str, str], ...]:
    """(id, name) of each, as Pinterest lists them; at most 5,000. :raises ProviderError: one of our five"""
    found: list[tuple[str, str]] = []
    asked = {"page_size": "250"}
    for _ in range(_PAGES_MOST):
        answer = call(door, "GET", "boards", params=asked).body
        body = answer if isinstance(answer, dict) else {}
        rows = body.get("items")
        for row in rows if isinstance(rows, list) else []:
            if isinstance(row, dict) and is_id(row.get("id")):
                name = row.get("name")
                found.append((row["id"], name if isinstance(name, str) and name else row["id"]))
        bookmark = body.get("bookmark")
        if not isinstance(bookmark, str) or not bookmark:
            break
        asked["bookmark"] = bookmark
    return tuple(found)
