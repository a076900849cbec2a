"""Who may decide, cell by cell: every mode, every part a person has in a request; and how levels follow each other."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from services.approvals.models import Level, Mode, Need, SignOff
from services.approvals.rules import TABLE, Part, Say, part_of, standing

ANA, BEN, DORA, EVE, VERA = (UUID(int=number) for number in range(1, 6))
TEAM = [ANA, BEN, DORA, EVE]  # Vera's role looks
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TWO = (Level(need=Need.ALL, people=(BEN, DORA)), Level(people=(EVE, ANA)))

CELLS = [
    # mode, who decides at all, who asks here, what they may do
    (Mode.NONE, TEAM, VERA, Say.LOOK),
    (Mode.NONE, TEAM, BEN, Say.DECIDE),
    (Mode.NONE, TEAM, ANA, Say.CONFIRM),
    (Mode.NONE, [ANA], ANA, Say.CONFIRM),
    (Mode.OPTIONAL, TEAM, VERA, Say.LOOK),
    (Mode.OPTIONAL, TEAM, BEN, Say.DECIDE),
    (Mode.OPTIONAL, TEAM, ANA, Say.CONFIRM),
    (Mode.OPTIONAL, [ANA], ANA, Say.CONFIRM),
    (Mode.REQUIRED, TEAM, VERA, Say.LOOK),
    (Mode.REQUIRED, TEAM, BEN, Say.DECIDE),
    (Mode.REQUIRED, TEAM, ANA, Say.OWN),
    (Mode.REQUIRED, [ANA], ANA, Say.DECIDE),
    (Mode.LEVELS, TEAM, VERA, Say.LOOK),
    (Mode.LEVELS, TEAM, BEN, Say.DECIDE),
    (Mode.LEVELS, TEAM, ANA, Say.OWN),
    (Mode.LEVELS, [ANA], ANA, Say.DECIDE),
    (Mode.LEVELS, TEAM, EVE, Say.OTHERS),  # of the level after this one
]


def _said(*yeses: tuple[int, UUID]) -> list[SignOff]:
    return [SignOff(level=level, user_id=user_id, at=AT) for level, user_id in yeses]


def _say(mode: Mode, deciders: list[UUID], who: UUID, signed: list[SignOff] | None = None) -> Say:
    """Ana made the version and sent it."""
    levels = TWO if mode is Mode.LEVELS else ()
    at = standing(mode, levels, signed or [], (ANA, ANA), deciders)
    return TABLE[mode, part_of(mode, who, (ANA, ANA), deciders, at)]


@pytest.mark.parametrize(("mode", "deciders", "who", "say"), CELLS)
def test_what_each_person_may_do_under_each_rule(mode: Mode, deciders: list[UUID], who: UUID, say: Say) -> None:
    assert _say(mode, deciders, who) is say


def test_every_cell_of_the_table_is_reached_by_the_cells_above_or_by_a_yes_said_already() -> None:
    reached = set()
    for mode, deciders, who, _ in CELLS:
        levels = TWO if mode is Mode.LEVELS else ()
        at = standing(mode, levels, [], (ANA, ANA), deciders)
        reached.add((mode, part_of(mode, who, (ANA, ANA), deciders, at)))
    assert set(TABLE) - reached == {(Mode.LEVELS, Part.SIGNED)}


def test_who_said_yes_waits_for_the_others_of_an_all_level() -> None:
    assert _say(Mode.LEVELS, TEAM, BEN, _said((1, BEN))) is Say.OTHERS
    assert _say(Mode.LEVELS, TEAM, DORA, _said((1, BEN))) is Say.DECIDE


def test_a_level_of_all_waits_for_each_and_the_next_begins_then() -> None:
    at = standing(Mode.LEVELS, TWO, _said((1, BEN)), (ANA,), TEAM)
    assert (at.level, at.of, at.waits_for, at.closes(DORA)) == (1, 2, {DORA}, True)
    after = standing(Mode.LEVELS, TWO, _said((1, BEN), (1, DORA)), (ANA,), TEAM)
    assert (after.level, after.is_last, after.people) == (2, True, {EVE})  # Ana made it, so Eve alone


@pytest.mark.parametrize("mode", [Mode.OPTIONAL, Mode.REQUIRED])
def test_a_request_waits_for_others_than_its_author_while_there_are_any(mode: Mode) -> None:
    assert standing(mode, (), [], (ANA,), (ANA, BEN)).people == {BEN}
    assert standing(mode, (), [], (ANA,), (ANA,)).people == {ANA}


def test_one_of_an_any_level_is_enough() -> None:
    levels = (Level(people=(BEN, DORA)), Level(people=(EVE,)))
    at = standing(Mode.LEVELS, levels, _said((1, DORA)), (ANA,), TEAM)
    assert (at.level, at.people) == (2, {EVE})
    assert standing(Mode.LEVELS, levels, [], (ANA,), TEAM).closes(BEN)


def test_nobody_closes_an_all_level_while_another_is_missing() -> None:
    at = standing(Mode.LEVELS, TWO, [], (ANA,), TEAM)
    assert not at.closes(BEN)


def test_a_level_whose_people_left_falls_to_everybody_who_decides() -> None:
    gone = (Level(people=(UUID(int=9),)),)
    assert standing(Mode.LEVELS, gone, [], (ANA,), TEAM).people == {BEN, DORA, EVE}


def test_a_level_of_authors_only_falls_to_the_others_and_to_authors_only_where_there_are_none() -> None:
    own = (Level(people=(ANA,)),)
    assert standing(Mode.LEVELS, own, [], (ANA, ANA), TEAM).people == {BEN, DORA, EVE}
    assert standing(Mode.LEVELS, own, [], (ANA, ANA), [ANA]).people == {ANA}


def test_a_yes_of_somebody_the_level_does_not_name_counts_for_nothing() -> None:
    at = standing(Mode.LEVELS, TWO, _said((1, EVE)), (ANA,), TEAM)
    assert (at.level, at.signed) == (1, frozenset())


def test_a_rule_loosened_after_all_yeses_is_closed_by_one_more_of_the_last_level() -> None:
    any_of = (Level(people=(BEN, DORA)),)
    at = standing(Mode.LEVELS, any_of, _said((1, BEN)), (ANA,), TEAM)
    assert (at.level, at.is_last, at.closes(BEN), at.closes(DORA)) == (1, True, True, True)
