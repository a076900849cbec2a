"""Cells as people and platforms write them: dates, ranges, ids, texts, links."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.research.staged import stage_ad
from services.research.values import Wrong, dates, ids, ranges, texts

NOW = datetime(2026, 10, 30, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    ["2026-10-30", "2026-10-30T23:30:00Z", "2026-10-30T23:30:00+0000", "2026-10-30T23:30:00.123+00:00",
     "2026-10-31T01:30:00+02:00", "2026-10-31T01:30:00+0200", "2026-10-30 23:30:00", "2026-10-30 23:30:00 UTC",
     "20261030", 20261030, "1793403000", 1793403000, 1793403000.5, "1793403000.5", 1793403000123, "1793403000123",
     "30.10.2026", "30/10/2026", "10/30/2026", " 2026-10-30 "],
)  # fmt: skip
def test_a_date_in_every_shape_is_its_day_in_utc(written: object) -> None:
    assert dates.day(written) == NOW.date()


@pytest.mark.parametrize("written", ["soon", "2026-13-01", "2026-02-30", "1789-07-14", "17.14.11", "9", True, [], "0"])
def test_what_is_no_date_is_refused(written: object) -> None:
    with pytest.raises(Wrong, match="date"):
        dates.day(written)


def test_a_date_that_reads_two_ways_needs_to_be_told_which() -> None:
    with pytest.raises(Wrong, match="two ways"):
        dates.day("03/04/2026")
    assert dates.day("03/04/2026", "day first") == date(2026, 4, 3)
    assert dates.day("03/04/2026", "month first") == date(2026, 3, 4)


@given(some.datetimes(datetime(1990, 1, 2), datetime(2099, 12, 30), timezones=some.timezones()))
def test_any_instant_is_its_day_in_utc(instant: datetime) -> None:
    whole = instant.replace(microsecond=0)
    offset = whole.strftime("%z")
    if not re.fullmatch(r"[+-]\d{4}", offset):
        return  # zones of the nineteenth century carry seconds, which no platform writes
    assert dates.day(whole.strftime("%Y-%m-%dT%H:%M:%S%z")) == whole.astimezone(UTC).date()


@given(some.text(max_size=30))
def test_no_text_makes_a_reader_fail_otherwise(text: str) -> None:
    for read in (dates.day, ranges.count, ranges.bounds, ids.digits, ids.label, texts.texts, texts.words, texts.link):
        try:
            read(text)
        except Wrong as wrong:
            assert wrong.message


@pytest.mark.parametrize(
    ("written", "read"),
    [({"lower_bound": "300", "upper_bound": "399"}, (300, 399)), ({"lower_bound": "1000000"}, (1_000_000, None)),
     ("lower_bound: 100, upper_bound: 199", (100, 199)), ("{'lower_bound': '0', 'upper_bound': '99'}", (0, 99)),
     ("≤100", (0, 100)), ("<100", (0, 100)), (">1M", (1_000_000, None)), ("100-199", (100, 199)),
     ("7212", (7212, 7212)),
     ("1,234", (1234, 1234)), ("", (None, None)), ("NA", (None, None)), (None, (None, None)), (12, (12, 12))],
)  # fmt: skip
def test_ranges_stay_ranges(written: object, read: ranges.Range) -> None:
    assert ranges.bounds(written) == read


@given(some.integers(0, 10**12), some.integers(0, 10**12))
def test_a_range_of_two_cells_is_kept_or_refused_when_it_goes_down(lower: int, upper: int) -> None:
    if lower <= upper:
        assert ranges.between(str(lower), str(upper)) == (lower, upper)
        assert ranges.bounds({"lower_bound": str(lower), "upper_bound": str(upper)}) == (lower, upper)
    else:
        with pytest.raises(Wrong, match="goes down"):
            ranges.between(str(lower), str(upper))


@pytest.mark.parametrize(
    ("written", "read"),
    [("0", 0), ("1.49E+08", 149_000_000), ("12.4K", 12_400), ("1 234 567", 1_234_567), ("12.0", 12), ("NA", None)],
)
def test_counts_may_be_rounded(written: str, read: int | None) -> None:
    assert ranges.count(written) == read


@pytest.mark.parametrize("written", ["-5", "many", "1e400", float("nan"), -1, True, "²", "9" * 30])
def test_what_is_no_count_is_refused(written: object) -> None:
    with pytest.raises(Wrong):
        ranges.count(written)


@given(some.integers(1, 10**25 - 1))
def test_an_id_is_the_same_text_in_and_out(number: int) -> None:
    assert ids.digits(str(number)) == str(number) == ids.digits(number) == ids.digits(f" {number} ")


@pytest.mark.parametrize("written", ["1.08E+14", "1,08E+14", 1.08e14, "108000000000000.0", "2447656412147213.00"])
def test_a_rounded_id_is_refused(written: object) -> None:
    for read in (ids.digits, ids.label):
        with pytest.raises(Wrong, match="rounded by a spreadsheet"):
            read(written)


def test_a_post_may_be_named_in_letters() -> None:
    assert ids.label(" zeBZvwYQ-hA ") == "zeBZvwYQ-hA"
    assert ids.label("NA") == "" == ids.label(None)


@pytest.mark.parametrize(
    ("written", "read"),
    [('["One", "Two"]', ["One", "Two"]), ("['One', \"It's\"]", ["One", "It's"]), ("[Sale] today", ["[Sale] today"]),
     (["One", "", None], ["One"]), ("", []), (None, []), ("{{product.name}}", ["{{product.name}}"])],
)  # fmt: skip
def test_variants_of_a_text_come_as_lists_or_as_one(written: object, read: list[str]) -> None:
    assert texts.texts(written) == read


def test_a_text_with_a_nul_or_half_a_character_is_refused() -> None:
    with pytest.raises(Wrong, match="NUL"):
        texts.text("a\x00b")
    with pytest.raises(Wrong, match="half a character"):
        stage_ad(2, "ad", "facebook", "1", "2", "Page", bodies=["\ud83d"])


@pytest.mark.parametrize(
    ("written", "read"),
    [("https://a.example/x?id=1&access_token=s", "https://a.example/x?id=1"), ("javascript:alert(1)", ""),
     ("http://user:pass@a.example/", ""), ("https://a.example/?sig=9&b=2", "https://a.example/?b=2"),
     ("HTTPS://a.example/p#frag", "https://a.example/p"), ("https:///nohost", ""),
     ("https://[bad", ""), ("//a.example", "")],
)  # fmt: skip
def test_links_lose_tokens_and_only_web_addresses_pass(written: str, read: str) -> None:
    assert texts.link(written) == read


@pytest.mark.parametrize(
    ("payer", "kept"),
    [("Northwind GmbH", "Northwind GmbH"), ("jane doe", ""), ("Jane's Shop", "Jane's Shop"),
     ("Ruthaikan Tanomkerd", ""),
     ("These ads ran without a disclaimer", ""), ([{"payer": "Acme Inc", "current": True}], "Acme Inc"), ([], "")],
)  # fmt: skip
def test_a_private_persons_name_is_not_kept_as_payer(payer: object, kept: str) -> None:
    assert texts.payer(payer, "Jane's Shop") == kept
