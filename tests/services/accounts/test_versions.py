"""A dated version of a platform's API is told of before it stops answering."""

from datetime import date, timedelta

import pytest

from services import accounts
from services.kit.linkedin import VERSION


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (61, ""),
        (60, "stops answering its API version 202609 in 60 days. Update Loopdesk before that."),
        (1, "tomorrow"),
        (0, "today"),
        (-1, "no longer answers its API version 202609: nothing is posted there"),
    ],
)
def test_linkedins_version_is_told_from_sixty_days_before_its_end(days: int, told: str) -> None:
    found = accounts.ending_versions(VERSION.ends_on - timedelta(days=days))
    assert (told in found[0] and found[0].startswith("LinkedIn")) if told else found == []


def test_nothing_is_told_of_a_version_that_is_new() -> None:
    assert accounts.ending_versions(date(2026, 11, 21)) == []
