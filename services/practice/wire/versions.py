"""Graph versions. Newest v26.0 (29 Jul 2026); v20.0 expired on 24 Sep 2026 and is served as the oldest living one."""

import re

from services.practice.wire.calls import Call
from services.practice.wire.errors import bad_parameter, unknown_path

NEWEST = 26
_VERSION = re.compile(r"v(\d{1,2})\.(\d)")


def after_version(call: Call) -> tuple[str, ...]:
    """The path behind the version. :raises GraphError: 2500 for a version that never was, 100 for a broken JSON body"""
    if call.is_json and not isinstance(call.json, dict):
        raise bad_parameter("The request body must be a JSON object")
    version = _VERSION.fullmatch(call.segments[0]) if call.segments else None
    if version is None or not 2 <= int(version[1]) <= NEWEST or (int(version[1]) > 3 and version[2] != "0"):
        raise unknown_path("/".join(call.segments))
    return call.segments[1:]
