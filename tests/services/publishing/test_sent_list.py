"""The list of intents outside the database keeps what it must, whatever clocks and disks do."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid5

import pytest

from services.kit.app import App
from services.publishing.sent_list import Sent, note_sent, read_sent
from tests.makers.publishing import Studio


def _sent(studio: Studio, at: datetime, name: str) -> Sent:
    return Sent(at, uuid5(studio.cast.acme, name), uuid5(studio.cast.brand, name), "0" * 64)


def _files(app: App) -> list[Path]:
    return sorted(app.settings.loopdesk_data.glob("publishing.sent.*"))


def test_what_a_clock_that_runs_ahead_noted_drops_nothing_of_now(studio: Studio) -> None:
    now = studio.world.clock.now()
    for minutes in (5, 6):
        note_sent(studio.app, _sent(studio, now + timedelta(minutes=minutes), f"ahead {minutes}"))
    mine = [_sent(studio, now + timedelta(minutes=number), f"now {number}") for number in range(2)]
    for one in mine:
        note_sent(studio.app, one)
        assert one in list(read_sent(studio.app))
    assert len(_files(studio.app)) <= 4


@pytest.mark.parametrize("direction", [1, -1])
def test_it_does_not_grow_whichever_way_clocks_go(studio: Studio, direction: int) -> None:
    now = studio.world.clock.now()
    for number in range(20):
        one = _sent(studio, now + direction * timedelta(minutes=number), f"{number}")
        note_sent(studio.app, one)
        assert one in list(read_sent(studio.app))
    assert len(_files(studio.app)) <= 4


def test_a_line_that_a_full_disk_tore_takes_no_other_with_it(studio: Studio) -> None:
    now = studio.world.clock.now()
    first, second = _sent(studio, now, "first"), _sent(studio, now, "second")
    note_sent(studio.app, first)
    (place,) = _files(studio.app)
    with place.open("a", encoding="ascii") as file:
        file.write("2026-11-23T09:00:00+00:00 01a2")
    note_sent(studio.app, second)
    assert [first, second] == list(read_sent(studio.app))
