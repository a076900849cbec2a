"""What kind of thing belongs to which category, and how much it matters unless its teller says so."""

from collections.abc import Mapping

from services.notifications.models import Category, Severity

CATEGORIES: Mapping[str, Category] = {
    "review": Category.APPROVALS,
    "comment": Category.APPROVALS,
    "digest": Category.APPROVALS,
    "post": Category.PUBLISHING,
    "channel": Category.CHANNELS,
    "channel_lost": Category.CHANNELS,
    "channel_ends": Category.CHANNELS,
    "import": Category.JOBS,
    "job": Category.JOBS,
    "run": Category.JOBS,
    "schedule": Category.JOBS,
    "pipeline": Category.JOBS,
    "backup": Category.JOBS,
    "results": Category.RESULTS,
    "metrics": Category.RESULTS,
}
_BY_TONE: Mapping[str, Severity] = {"red": Severity.URGENT, "orange": Severity.WARNING}


def category_of(kind: str) -> Category:
    """What is not listed is the organisation's."""
    return CATEGORIES.get(kind, Category.ORGANISATION)


def severity_of(tone: str) -> Severity:
    return _BY_TONE.get(tone, Severity.INFO)


def object_of(cause: str) -> str:
    """ "post/<id>" of "post/<id>/failed": the first two parts name the object."""
    return "/".join(cause.split("/")[:2])
