"""
Cron in words, both ways. What `words_of` says in the forms below, `cron_of` reads back.

`every 15 minutes` · `every hour at minute 5` · `every 2 hours` · `every day at 09:00` ·
`every weekday at 09:00 and 17:00` · `every Monday and Friday at 08:30` · `on day 1 of each month at 06:30` ·
`on the last day of January at 06:30` · `on the first Monday of each month at 09:00`.
Any other valid expression is described in plain words.
"""

import re
from datetime import UTC, datetime, timedelta
from itertools import groupby

from cronsim import CronSim, CronSimError

from services.jobs.schedules.errors import CadenceWrong
from services.jobs.schedules.models import Cadence
from services.kit.text import counted, one_or_many

DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ORDINALS = ("first", "second", "third", "fourth", "fifth")
_WORDS_NEEDED = "Say it like “every weekday at 09:00”, “every 15 minutes” or “on day 1 of each month at 06:30”."
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def words_of(expression: str) -> str:
    """A cron expression in plain words. :raises CadenceWrong: it is not valid"""
    fields = expression.upper().split()
    if len(fields) != 5:
        raise CadenceWrong("A cron expression has five fields: minute, hour, day, month, day of the week.")
    try:
        read = CronSim(expression, datetime(2026, 1, 1, tzinfo=UTC))
    except CronSimError as error:
        raise CadenceWrong(f"This cron expression cannot be read: {error}.") from error
    return _often(fields) or _at_times(fields) or _any(read)


def cron_of(words: str) -> str:
    """The cron expression of words like those above. :raises CadenceWrong: they are not understood"""
    text = " ".join(words.lower().split()).rstrip(".")
    if text == "every minute":
        return "* * * * *"
    if found := re.fullmatch(r"every (\d+) minutes", text):
        return f"*/{_divisor(found[1], 60, 'minutes')} * * * *"
    if found := re.fullmatch(r"every (?:(\d+) hours|hour)(?: at minute ([0-5]?\d))?", text):
        hours = f"*/{_divisor(found[1], 24, 'hours')}" if found[1] else "*"
        return f"{int(found[2] or 0)} {hours} * * *"
    if found := re.fullmatch(r"(.+) at ((?:\d{1,2}:\d\d(?:, | and )?)+)", text):
        minute, hours = _clock(found[2])
        return f"{minute} {hours} {_days(found[1])}"
    raise CadenceWrong(_WORDS_NEEDED)


def describe(cadence: Cadence) -> str:
    """When, in words, with the zone where one matters."""
    if cadence.type == "interval":
        return f"every {length(cadence.seconds or 0)}"
    if cadence.type == "once" and cadence.at:
        return f"once on {cadence.at:%-d %B %Y at %H:%M}, {cadence.zone}"
    return f"{words_of(cadence.cron or '')}, {cadence.zone}"


def length(seconds: int) -> str:
    """`1 hour 30 minutes`, `2 days`."""
    parts, left = [], timedelta(seconds=seconds)
    for name, size in (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)):
        count, left = divmod(left, timedelta(seconds=size))
        if count:
            parts.append(counted(count, name))
    return " ".join(parts) or "0 seconds"


def _often(fields: list[str]) -> str | None:
    minute, hour, *days = fields
    if days != ["*", "*", "*"]:
        return None
    if (minute, hour) == ("*", "*"):
        return "every minute"
    every = re.fullmatch(r"\*/(\d+)", minute)
    if every and hour == "*" and 1 < int(every[1]) < 60 and 60 % int(every[1]) == 0:
        return f"every {int(every[1])} minutes"
    hours = re.fullmatch(r"\*(?:/(\d+))?", hour)
    if hours and minute.isdigit() and (hours[1] is None or (1 < int(hours[1]) < 24 and 24 % int(hours[1]) == 0)):
        often = f"every {int(hours[1])} hours" if hours[1] else "every hour"
        return often + (f" at minute {int(minute)}" if int(minute) else "")
    return None


def _at_times(fields: list[str]) -> str | None:
    minute, hour, day, month, weekday = fields
    if not minute.isdigit() or not re.fullmatch(r"\d+(,\d+)*", hour):
        return None
    months = _month_words(month)
    days = _day_words(day, weekday, months) if months else None
    if days is None or (days.startswith("every") and month != "*"):
        return None
    times = [f"{one:02d}:{int(minute):02d}" for one in sorted({int(one) for one in hour.split(",")})]
    return f"{days} at {_and(times)}"


def _month_words(month: str) -> str | None:
    if month == "*":
        return "each month"
    if re.fullmatch(r"\d+(,\d+)*", month):
        return _and([MONTHS[number - 1] for number in sorted({int(one) for one in month.split(",")})])
    return None


def _day_words(day: str, weekday: str, months: str) -> str | None:
    if day == "*":
        return _weekday_words(weekday, months)
    if weekday != "*":
        return None
    if day in ("L", "LW"):
        return f"on the last {'day' if day == 'L' else 'weekday'} of {months}"
    if re.fullmatch(r"\d+(,\d+)*", day):
        days = sorted({int(one) for one in day.split(",")})
        return f"on {one_or_many(len(days), 'day', 'days')} {_and([str(one) for one in days])} of {months}"
    return None


def _weekday_words(weekday: str, months: str) -> str | None:
    if weekday == "*":
        return "every day"
    if found := re.fullmatch(r"([0-7])(?:#([1-5])|L)", weekday):
        which = ORDINALS[int(found[2]) - 1] if found[2] else "last"
        return f"on the {which} {DAYS[int(found[1]) % 7]} of {months}"
    numbers = _weekday_numbers(weekday)
    if numbers is None:
        return None
    if numbers == [1, 2, 3, 4, 5]:
        return "every weekday"
    return "every day" if len(numbers) == 7 else f"every {_and([DAYS[one % 7] for one in numbers])}"


def _weekday_numbers(weekday: str) -> list[int] | None:
    """1 is Monday, 7 Sunday; None where it is no plain list of days and ranges."""
    numbers: set[int] = set()
    for part in weekday.split(","):
        found = re.fullmatch(r"([0-7])(?:-([0-7]))?", part)
        if not found:
            return None
        numbers |= {one or 7 for one in range(int(found[1]), int(found[2] or found[1]) + 1)}
    return sorted(numbers)


def _any(read: CronSim) -> str:
    told = read.explain()
    if not read.day_and:
        told = told.replace(" and on ", ", and also on ")  # either of the two is enough
    return told[:1].lower() + told[1:]


def _divisor(text: str, whole: int, unit: str) -> int:
    count = int(text)
    if not 1 < count < whole or whole % count:
        raise CadenceWrong(
            f"Cron repeats evenly only where {whole} can be divided by it: {count} {unit} is an interval."
        )
    return count


def _clock(text: str) -> tuple[int, str]:
    found = [_TIME.fullmatch(one) for one in _listed(text)]
    times = [(int(one[1]), int(one[2])) for one in found if one]
    if len(times) < len(found) or len({minute for _, minute in times}) > 1:
        raise CadenceWrong("Times of one schedule share their minutes, like 09:00 and 17:00.")
    return times[0][1], ",".join(str(hour) for hour in sorted({hour for hour, _ in times}))


def _days(text: str) -> str:
    """Day, month and weekday fields."""
    if text in ("every day", "every weekday"):
        return "* * *" if text == "every day" else "* * 1-5"
    if found := re.fullmatch(r"every (.+)", text):
        return f"* * {_ranges(sorted(_day(one) or 7 for one in _listed(found[1])))}"
    if found := re.fullmatch(r"on days? (.+) of (.+)", text):
        days = sorted({int(one) for one in _listed(found[1]) if one.isdigit() and 1 <= int(one) <= 31})
        if len(days) == len(_listed(found[1])):
            return f"{','.join(str(one) for one in days)} {_months(found[2])} *"
    if found := re.fullmatch(r"on the last (day|weekday) of (.+)", text):
        return f"{'L' if found[1] == 'day' else 'LW'} {_months(found[2])} *"
    if found := re.fullmatch(r"on the (\w+) (\w+) of (.+)", text):
        which = "L" if found[1] == "last" else f"#{_place(found[1], ORDINALS) + 1}"
        return f"* {_months(found[3])} {_day(found[2])}{which}"
    raise CadenceWrong(_WORDS_NEEDED)


def _months(text: str) -> str:
    if text in ("each month", "every month"):
        return "*"
    return ",".join(str(one) for one in sorted({_place(one, MONTHS) + 1 for one in _listed(text)}))


def _day(text: str) -> int:
    return _place(text, DAYS)


def _place(text: str, names: tuple[str, ...]) -> int:
    for number, name in enumerate(names):
        if text == name.lower() or (len(text) == 3 and name.lower().startswith(text)):
            return number
    raise CadenceWrong(_WORDS_NEEDED)


def _listed(text: str) -> list[str]:
    return re.split(r", | and ", text)


def _ranges(numbers: list[int]) -> str:
    """`1,3-5`: three and more in a row become a range."""
    parts = []
    for _, run in groupby(enumerate(dict.fromkeys(numbers)), key=lambda pair: pair[1] - pair[0]):
        row = [number for _, number in run]
        parts += [f"{row[0]}-{row[-1]}"] if len(row) > 2 else [str(one) for one in row]
    return ",".join(parts)


def _and(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
