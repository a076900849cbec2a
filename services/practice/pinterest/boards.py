"""Boards: some are there from the beginning, others are made. Shapes: OpenAPI 5.23.0, `/boards`."""

import zlib
from typing import Any

from services.practice import things
from services.practice.pinterest.access import may_see_secret, own_account
from services.practice.pinterest.errors import PinterestError, invalid, not_found
from services.practice.wire.calls import Call
from services.practice.world import iso_time

_NAME_MAX = 180
_PRIVACY = ("PUBLIC", "PROTECTED", "SECRET")
_FIRST = (("Autumn", "PUBLIC"), ("Behind the scenes", "PUBLIC"), ("Plans", "SECRET"))


def list_boards(call: Call) -> dict[str, Any]:
    """`GET /v5/boards`."""
    account = own_account(call, "boards:read")
    shown = [board for board in boards_of(call, account.id) if board["privacy"] != "SECRET" or may_see_secret(call)]
    return page_of(call, [_told(board) for board in shown])


def make_board(call: Call) -> dict[str, Any]:
    """`POST /v5/boards`. :raises PinterestError: 400 schema, 409 an account has no two boards of one name"""
    account = own_account(call, "boards:read", "boards:write")
    name, privacy = call.need("name"), call.get("privacy", "PUBLIC")
    if len(name) > _NAME_MAX or privacy not in _PRIVACY:
        raise invalid(f"name takes {_NAME_MAX} characters, privacy is one of {', '.join(_PRIVACY)}")
    with call.world.store.act():
        if any(board["name"] == name for board in boards_of(call, account.id)):
            raise PinterestError(409, 58, "You already have a board with this name.")
        number = f"5498{call.world.store.next_number('board'):08d}"
        things.put(call.world, "pinterest", "board", number, account.id, {"name": name, "privacy": privacy})
    return _told(board_of(call, account.id, number))


def boards_of(call: Call, account: str) -> list[dict[str, Any]]:
    """Every board of an account, the first ones included."""
    first = [
        {"id": first_board(account, place), "account": account, "created_at": 0.0, "name": name, "privacy": privacy}
        for place, (name, privacy) in enumerate(_FIRST)
    ]
    return first + things.all_of(call.world, "pinterest", "board", account)


def board_of(call: Call, account: str, number: str) -> dict[str, Any]:
    """:raises PinterestError: 400 for an id that is not digits, 404 for another's board or none"""
    if not (number.isascii() and number.isdecimal()):
        raise invalid(f"'{number[:40]}' does not match '^\\d+$' for board_id")
    for board in boards_of(call, account):
        if board["id"] == number:
            return board
    raise not_found("Board", 40)


def first_board(account: str, place: int = 0) -> str:
    """The id of one of the boards that are there from the beginning."""
    return f"5497{zlib.crc32(account.encode()) % 10**7:07d}{place}"


def page_of(call: Call, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A page of a list: `bookmark` is given back to read on, null at the end. :raises PinterestError: 400"""
    size, start = call.get("page_size", "25"), call.get("bookmark", "0")
    if not size.isdecimal() or not 1 <= int(size) <= 250 or not start.isdecimal():
        raise invalid("page_size is 1 to 250, bookmark comes from the page before")
    end = int(start) + int(size)
    return {"items": rows[int(start) : end], "bookmark": str(end) if end < len(rows) else None}


def _told(board: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": board["id"],
        "name": board["name"],
        "description": "",
        "privacy": board["privacy"],
        "created_at": iso_time(board["created_at"])[:19],
        "pin_count": 0,
    }
