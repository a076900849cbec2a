"""
Public holidays that a whole country keeps, for the bars of the calendar. Pure: rules, no list of dates.

Source: the national (not regional, not "observed") days of the holidays package 0.109, checked on 2026-11-21 for 2024
to 2032. A country that is not here, and one whose days are announced year by year, shows none.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

_NEW_YEAR, _LABOUR, _CHRISTMAS = "1-1 New Year's Day", "5-1 Labour Day", "12-25 Christmas Day"
_GOOD_FRIDAY, _EASTER, _EASTER_MONDAY = "e-2 Good Friday", "e+0 Easter Sunday", "e+1 Easter Monday"
_ASCENSION, _PENTECOST, _WHIT_MONDAY = "e+39 Ascension Day", "e+49 Pentecost", "e+50 Whit Monday"
_EPIPHANY, _CORPUS, _ASSUMPTION = "1-6 Epiphany", "e+60 Corpus Christi", "8-15 Assumption Day"
_ALL_SAINTS, _IMMACULATE, _STEPHEN = "11-1 All Saints' Day", "12-8 Immaculate Conception", "12-26 St Stephen's Day"
_SECOND, _MAUNDY = "12-26 Second Day of Christmas", "e-3 Maundy Thursday"

# "5-1" is a date, "e+39" days from Easter Sunday, "11/4thu" the fourth Thursday of November, "5/-1mon" the last Monday
# of May, "6>20sat" the first Saturday from 20 June on.
_RULES: dict[str, tuple[str, ...]] = {
    "DE": (_NEW_YEAR, _GOOD_FRIDAY, _EASTER_MONDAY, _LABOUR, _ASCENSION, _WHIT_MONDAY, "10-3 German Unity Day",
           _CHRISTMAS, _SECOND),
    "AT": (_NEW_YEAR, _EPIPHANY, _EASTER_MONDAY, _LABOUR, _ASCENSION, _WHIT_MONDAY, _CORPUS, _ASSUMPTION,
           "10-26 National Day", _ALL_SAINTS, _IMMACULATE, _CHRISTMAS, _STEPHEN),
    "CH": (_NEW_YEAR, _ASCENSION, "8-1 National Day", _CHRISTMAS),
    "NO": (_NEW_YEAR, _MAUNDY, _GOOD_FRIDAY, _EASTER, _EASTER_MONDAY, _LABOUR, _ASCENSION, "5-17 Constitution Day",
           _PENTECOST, _WHIT_MONDAY, _CHRISTMAS, _SECOND),
    "SE": (_NEW_YEAR, _EPIPHANY, _GOOD_FRIDAY, _EASTER, _EASTER_MONDAY, _LABOUR, _ASCENSION, _PENTECOST,
           "6-6 National Day", "6>20sat Midsummer Day", "10>31sat All Saints' Day", _CHRISTMAS, _SECOND),
    "DK": (_NEW_YEAR, _MAUNDY, _GOOD_FRIDAY, _EASTER, _EASTER_MONDAY, _ASCENSION, _PENTECOST, _WHIT_MONDAY, _CHRISTMAS,
           _SECOND),
    "FI": (_NEW_YEAR, _EPIPHANY, _GOOD_FRIDAY, _EASTER, _EASTER_MONDAY, _LABOUR, _ASCENSION, _PENTECOST,
           "6>19fri Midsummer Eve", "6>20sat Midsummer Day", "10>31sat All Saints' Day", "12-6 Independence Day",
           "12-24 Christmas Eve", _CHRISTMAS, _SECOND),
    "BE": (_NEW_YEAR, _EASTER, _EASTER_MONDAY, _LABOUR, _ASCENSION, _PENTECOST, _WHIT_MONDAY, "7-21 National Day",
           _ASSUMPTION, _ALL_SAINTS, "11-11 Armistice Day", _CHRISTMAS),
    "FR": (_NEW_YEAR, _EASTER_MONDAY, _LABOUR, "5-8 Victory Day", _ASCENSION, _WHIT_MONDAY, "7-14 National Day",
           _ASSUMPTION, _ALL_SAINTS, "11-11 Armistice Day", _CHRISTMAS),
    "GB": (_NEW_YEAR, _GOOD_FRIDAY, "5/1mon May Day", "5/-1mon Spring Bank Holiday", _CHRISTMAS, "12-26 Boxing Day"),
    "US": (_NEW_YEAR, "1/3mon Martin Luther King Jr. Day", "2/3mon Washington's Birthday", "5/-1mon Memorial Day",
           "6-19 Juneteenth", "7-4 Independence Day", "9/1mon Labor Day", "10/2mon Columbus Day",
           "11-11 Veterans Day", "11/4thu Thanksgiving", _CHRISTMAS),
    "CA": (_NEW_YEAR, _GOOD_FRIDAY, "7-1 Canada Day", "9/1mon Labour Day", _CHRISTMAS),
}  # fmt: skip
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def holidays(zone: str, first: date, last: date) -> dict[date, str]:
    """The holidays from `first` to `last`, both included, of the country a time zone lies in; none where unknown."""
    rules = _RULES.get(_countries().get(zone, ""), ())
    found: dict[date, str] = {}
    for year in range(first.year, last.year + 1):
        for on, name in _of_year(rules, year):
            if first <= on <= last:
                found[on] = f"{found[on]}, {name}" if on in found else name
    return found


def _of_year(rules: tuple[str, ...], year: int) -> Iterator[tuple[date, str]]:
    for rule in rules:
        when, _, name = rule.partition(" ")
        yield _day(when, year), name


def _day(when: str, year: int) -> date:
    if when.startswith("e"):
        return easter(year) + timedelta(days=int(when[1:]))
    if "/" in when:
        month, nth = when.split("/")
        return _nth(year, int(month), int(nth[:-3]), _WEEKDAYS.index(nth[-3:]))
    if ">" in when:
        month, from_day = when.split(">")
        start = date(year, int(month), int(from_day[:-3]))
        return start + timedelta(days=(_WEEKDAYS.index(from_day[-3:]) - start.weekday()) % 7)
    month, day = when.split("-")
    return date(year, int(month), int(day))


def _nth(year: int, month: int, nth: int, weekday: int) -> date:
    """The nth such weekday of a month; -1 is its last."""
    if nth < 0:
        after = date(year + month // 12, month % 12 + 1, 1)
        return after - timedelta(days=(after.weekday() - weekday - 1) % 7 + 1)
    start = date(year, month, 1)
    return start + timedelta(days=(weekday - start.weekday()) % 7 + 7 * (nth - 1))


def easter(year: int) -> date:
    """Easter Sunday. Source: the anonymous Gregorian algorithm; Meeus, Astronomical Algorithms, chapter 8."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return date(year, month, day + 1)


@cache
def _countries() -> dict[str, str]:
    """Country by time zone, from the time zone database's own table."""
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {row[2]: row[0] for row in rows}
