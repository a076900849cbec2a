"""Every stage by name, in the order work passes through; imported on first use, known by name only."""

from functools import cache
from importlib import import_module

from services.kit.errors import NotFound
from services.pipelines.stage import Stage

STAGES: dict[str, str] = {
    "import": "services.research.stages:IMPORT",
    "assets": "services.media.stages:ASSETS",
    "creative": "services.creative.stages:CREATIVE",
    "approvals": "services.approvals.stages:APPROVALS",
    "publish": "services.publishing.stages:PUBLISH",
    "metrics": "services.metrics.stages:METRICS",
}


class StageUnknown(NotFound):
    """There is no such stage in this version."""


def get_stage(name: str) -> Stage:
    """:raises StageUnknown: this version has none of that name"""
    if name not in STAGES:
        raise StageUnknown()
    return _load(STAGES[name])


def list_stages() -> list[Stage]:
    """In the order work passes through them."""
    return [get_stage(name) for name in STAGES]


@cache
def _load(place: str) -> Stage:
    module, _, name = place.partition(":")
    made: Stage = getattr(import_module(module), name)
    return made
