"""Ids sort by birth; tokens are kept as hashes."""

from datetime import UTC, datetime

from services.kit.clock import FixedClock
from services.kit.ids import TimeIds, short_id, token_hash


def test_later_ids_sort_after_earlier_ones() -> None:
    clock = FixedClock(datetime(2026, 11, 23, tzinfo=UTC))
    ids = TimeIds(clock)
    made = []
    for _ in range(50):
        made.append(ids.new())
        clock.move(milliseconds=1)
    assert made == sorted(made)
    assert len(set(made)) == 50
    assert {made_id.version for made_id in made} == {7}


def test_a_token_cannot_be_read_back_from_what_is_stored() -> None:
    token = TimeIds(FixedClock(datetime(2026, 11, 23, tzinfo=UTC))).token()
    assert len(token) >= 43
    assert token not in token_hash(token)
    assert token_hash(token) == token_hash(token)


def test_error_ids_can_be_read_out_loud() -> None:
    first, second = short_id().split("-")
    assert len(first) == len(second) == 4
    assert not set(first + second) & set("ILOU")
