"""Carousels: a parent container around two to ten items. Facts: Content Publishing (carousels)."""

import json

from services.practice.wire.calls import Call
from services.practice.wire.errors import GraphError, bad_parameter

ITEMS_MIN, ITEMS_MAX = 2, 10


def children(call: Call) -> list[str]:
    """The ids of the items, given with commas or as JSON. :raises GraphError: 100, 100/2207028 for too few or many"""
    text = call.need("children")
    try:
        given = json.loads(text) if text.startswith("[") else text.split(",")
    except ValueError as problem:
        raise bad_parameter("Param children must be an array") from problem
    found = [str(child).strip() for child in given]
    if not ITEMS_MIN <= len(found) <= ITEMS_MAX:
        raise GraphError(
            100,
            "The carousel has the wrong number of items",
            subcode=2207028,
            detail=f"A carousel has {ITEMS_MIN} to {ITEMS_MAX} items; this has {len(found)}.",
        )
    return found


def check_child(status: str) -> None:
    """:raises GraphError: 9007/2207027 not ready, -2/2207020 expired, -1/2207032 failed"""
    if status == "IN_PROGRESS":
        raise GraphError(9007, "Media ID is not available", subcode=2207027, detail="An item is not ready yet.")
    if status == "EXPIRED":
        raise GraphError(-2, "The container has expired", subcode=2207020)
    if status != "FINISHED":
        raise GraphError(-1, "Create media failed", subcode=2207032, detail="Create the item again.")
