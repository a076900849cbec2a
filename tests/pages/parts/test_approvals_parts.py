"""Small decisions of the approvals screen: groups, the suggested time, words of a channel."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from pages.parts.approvals_queue import group_of, neighbours
from pages.parts.approvals_when import named, short, suggestion
from services import accounts, approvals

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def _item(number: int = 1, wanted: datetime | None = None, state: str = "waiting") -> approvals.QueueItem:
    nobody = UUID(int=0)
    return approvals.QueueItem(
        id=UUID(int=number), draft_id=nobody, brand_id=nobody, version_id=nobody, note="", wanted_at=wanted,
        state=approvals.RequestState(state), asked_by=None, asked_at=NOW, decided_by=None, decided_at=None, reason="",
        name="Ad", version_number=1, version_by=None, asked_by_name="Ana", decided_by_name="", thumb_key=None,
    )  # fmt: skip


def _channel(platform: str, handle: str) -> accounts.Channel:
    return accounts.Channel(
        id=UUID(int=len(handle)), org_id=UUID(int=0), brand_id=UUID(int=0), platform=platform, is_practice=True,
        remote_id="1", name="Acme", handle=handle, scopes=(), missing_scopes=(), state=accounts.ChannelState.CONNECTED,
        state_reason="", token_expires_at=None, last_success_at=None, last_error=None, last_error_at=None,
        quota_used=None, quota_total=None, quota_read_at=None, next_check_at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "head"),
    [
        (None, "No date"),
        (NOW + timedelta(hours=24), "Goes out first"),
        (NOW - timedelta(hours=1), "Goes out first"),
        (NOW + timedelta(hours=25), "Later"),
    ],
)
def test_what_goes_out_within_a_day_stands_under_goes_out_first(wanted: datetime | None, head: str) -> None:
    assert group_of(_item(wanted=wanted), NOW) == head


def test_a_decided_request_stands_under_decided() -> None:
    assert group_of(_item(state="rejected"), NOW) == "Decided"


def test_neighbours_end_at_both_ends() -> None:
    ids = [UUID(int=number) for number in (1, 2, 3)]
    assert neighbours(ids, UUID(int=1)) == (None, UUID(int=2))
    assert neighbours(ids, UUID(int=3)) == (UUID(int=2), None)


def test_the_wanted_time_is_suggested_on_the_brands_clock_and_a_past_one_is_not() -> None:
    wanted = datetime(2026, 11, 25, 8, 15, 30, tzinfo=UTC)
    assert suggestion(wanted, "Europe/Oslo", NOW) == datetime(2026, 11, 25, 9, 15)
    tomorrow = datetime(2026, 11, 24, 9, 0)
    assert suggestion(NOW - timedelta(hours=1), "Europe/Oslo", NOW) == tomorrow
    assert suggestion(None, "Pacific/Auckland", NOW) == datetime(2026, 11, 24, 9, 0)


def test_a_channel_is_named_by_its_platform_alone_where_that_is_enough() -> None:
    one, two, page = _channel("instagram", "acme"), _channel("instagram", "acme_de"), _channel("facebook", "")
    assert short(one, [one, page]) == "Instagram"
    assert short(one, [one, two]) == "Instagram · acme"
    assert named(page) == "Facebook · Acme"
