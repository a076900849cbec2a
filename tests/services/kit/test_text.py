"""CSV that no spreadsheet runs."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.errors import Rejected
from services.kit.text import clip, counted, csv_bytes, csv_cell, one_line, one_or_many, storable


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =cmd|' /C calc'!A0", "＝1"])
def test_text_that_a_spreadsheet_would_run_is_disarmed(text: str) -> None:
    assert csv_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "cell"), [(-5, -5), (1.5, 1.5), (None, ""), ("plain", "plain"), (["a", "b"], "a, b")]
)
def test_numbers_stay_numbers_and_nothing_is_empty(value: object, cell: object) -> None:
    assert csv_cell(value) == cell


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00")), min_size=2, max_size=2)))
def test_every_row_comes_back_from_the_file_whole_but_for_the_guard(rows: list[list[str]]) -> None:
    text = csv_bytes(["a", "b"], rows).decode("utf-8-sig")
    back = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert [[cell.removeprefix("'") for cell in row] for row in back] == [
        [str(csv_cell(cell)).removeprefix("'") for cell in row] for row in rows
    ]


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_clipped_text_is_never_longer_than_asked(text: str, limit: int) -> None:
    assert len(clip(text, limit)) <= max(limit, 1)


def test_what_no_database_takes_is_taken_out_of_foreign_words() -> None:
    assert storable("Half a smile \ud83d and\x00 none 🍦") == "Half a smile ? and none 🍦"
    assert clip("a\x00b\ud83d", 9) == "ab?"
    assert Rejected("no\x00\ud83d").sentence == "no?"


@pytest.mark.parametrize(
    ("count", "words", "told"),
    [
        (0, ("run",), "0 runs"),
        (1, ("run",), "1 run"),
        (-1, ("run",), "-1 runs"),
        (12_345, ("run",), "12,345 runs"),
        (1.0, ("second",), "1 second"),
        (0.5, ("second",), "0.5 seconds"),
        (1, ("try", "tries"), "1 try"),
        (2, ("try", "tries"), "2 tries"),
        (2, ("job that waits", "jobs that wait"), "2 jobs that wait"),
    ],
)
def test_a_count_and_its_word_agree(count: float, words: tuple[str, ...], told: str) -> None:
    assert counted(count, *words) == told


def test_a_verb_agrees_with_how_many_do_it() -> None:
    assert [one_or_many(count, "waits", "wait") for count in (0, 1, 2)] == ["wait", "waits", "wait"]


def test_foreign_words_fit_on_one_line_and_turn_nothing_around() -> None:
    assert one_line(" a\r\n\tb\0c\x1b[1m\u2028d\u202ee\u2066f\u2069 \u05d0 👩‍🍳 ") == "a b c [1m def א 👩‍🍳"
