"""What the platform is told although nobody chose it is sealed all the same, so that approvers see it."""

import pytest

from services.approvals.formats import DEFAULTS, defaults_of
from services.publishing.registry import ADAPTERS, publisher

FORMATS = [(platform, name) for platform, rows in ADAPTERS.items() for name in rows]


@pytest.mark.parametrize(("platform", "name"), FORMATS)
def test_every_default_of_a_format_is_sealed(platform: str, name: str) -> None:
    settings = publisher(platform, name).spec.settings
    assert {one.name: one.default for one in settings if one.default} == dict(defaults_of(platform, name))


def test_no_default_belongs_to_a_format_that_there_is_not() -> None:
    assert set(DEFAULTS) <= set(FORMATS)
