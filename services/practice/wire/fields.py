"""The `fields` parameter: `id,attachments{media_type,url},reactions.summary(total_count)`."""

from collections.abc import Mapping
from typing import Any

from services.practice.wire.errors import bad_parameter


def split_fields(text: str) -> dict[str, str]:
    """Map each field asked for to what stands in its braces; modifiers such as `.summary(true)` are dropped."""
    found: dict[str, str] = {}
    depth, start = 0, 0
    for place, sign in enumerate(text + ","):
        depth += sign in "({"
        depth -= sign in ")}"
        if sign == "," and depth == 0:
            _note(found, text[start:place].strip())
            start = place + 1
    if depth != 0:
        raise bad_parameter("Syntax error in the fields parameter")
    return found


def _note(found: dict[str, str], item: str) -> None:
    if not item:
        return
    head, brace, inner = item.partition("{")
    name = head.split(".", 1)[0].split("(", 1)[0].strip()
    found[name] = inner.removesuffix("}") if brace else ""


def pick(node: Mapping[str, Any], text: str, *, kind: str, default: str = "id") -> dict[str, Any]:
    """
    Keep the fields asked for; `id` always comes along, and a field without a value is left out.

    :raises GraphError: 100 for a field that this kind of object does not have
    """
    chosen: dict[str, Any] = {}
    for name, inner in split_fields(text or default).items():
        if name not in node:
            raise bad_parameter(f"Tried accessing nonexisting field ({name}) on node type ({kind})")
        if node[name] is not None:
            chosen[name] = _narrow(node[name], inner, kind=name)
    return {**chosen, "id": node["id"]} if "id" in node else chosen


def _narrow(value: Any, inner: str, *, kind: str) -> Any:
    if not inner or not isinstance(value, Mapping):
        return value
    if "data" in value:
        return {**value, "data": [pick(row, inner, kind=kind) for row in value["data"]]}
    return pick(value, inner, kind=kind)
