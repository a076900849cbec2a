"""Which backups stay."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.backups import Keep, kept

INSTANTS = st.sets(st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1)).map(lambda at: at.replace(tzinfo=UTC)))
RULES = st.builds(Keep, st.integers(1, 9), st.integers(0, 9), st.integers(0, 14))


@given(INSTANTS, RULES)
def test_the_latest_stays_and_no_more_than_the_rule_says(taken: set[datetime], keep: Keep) -> None:
    chosen = kept(taken, keep)
    assert chosen <= taken and (not taken or max(taken) in chosen)
    assert len(chosen) <= keep.daily + keep.weekly + keep.monthly


@given(INSTANTS, RULES)
def test_choosing_again_lets_nothing_more_go(taken: set[datetime], keep: Keep) -> None:
    assert kept(kept(taken, keep), keep) == kept(taken, keep)


@given(INSTANTS, RULES)
def test_each_of_the_last_days_weeks_and_months_that_has_a_backup_keeps_one(taken: set[datetime], keep: Keep) -> None:
    chosen = kept(taken, keep)
    for days in sorted({at.date() for at in taken})[-keep.daily :]:
        assert max(at for at in taken if at.date() == days) in chosen
    months = sorted({(at.year, at.month) for at in taken})[-keep.monthly :] if keep.monthly else []
    assert set(months) <= {(at.year, at.month) for at in chosen}


def test_a_year_of_nightly_backups_keeps_seven_days_four_weeks_and_twelve_months() -> None:
    now = datetime(2026, 11, 21, 3, tzinfo=UTC)  # a Saturday
    taken = [now - timedelta(days=number) for number in range(400)]
    chosen: set[datetime] = set()
    for at in sorted(taken):  # night after night, as the job does it
        chosen = kept(chosen | {at}, Keep())
    days = [(now - at).days for at in sorted(chosen, reverse=True)]
    assert days[:10] == [0, 1, 2, 3, 4, 5, 6, 13, 20, 21]
    assert len([at for at in chosen if (now - at).days > 21]) == 10
