"""A table of posts: every row is checked before anything is saved, and what is saved waits for approval."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import accounts, creative, identity, publishing, schedule
from services.kit.text import csv_bytes
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast
from tests.makers.world import World

ZONE, NOW = "Europe/Berlin", datetime(2026, 11, 20, 12, tzinfo=UTC)
HEAD = "Date,Time,Channel,Text,Title,Link,Alt_Text\n"


def _read(world: World, body: str | bytes, channels: list[accounts.Channel] | None = None) -> publishing.Sheet:
    raw = body.encode() if isinstance(body, str) else body
    return publishing.read_sheet(raw, ZONE, NOW, channels or [], world.web.ids.new)


@pytest.fixture
def channels(world: World, cast: Cast) -> list[accounts.Channel]:
    make_channel(world, cast)
    make_channel(world, cast, "x")
    with world.web.tx(cast.ana) as tx:
        return accounts.channels(tx)


def test_good_rows_become_drafts_with_time_channel_and_text(
    world: World, cast: Cast, channels: list[accounts.Channel]
) -> None:
    sheet = _read(world, HEAD + '2026-11-27,14:30,Instagram,"Two scoops,\nplease",,https://ice.example,A cone\n'
                  "28.11.2026,,,Anywhere,Named,,\n", channels)  # fmt: skip
    assert [row.error for row in sheet.rows] == ["", ""]
    with world.web.tx(cast.ana) as tx:
        assert publishing.save_sheet(tx, cast.brand, sheet) == 2
        assert publishing.save_sheet(tx, cast.brand, sheet) == 0
        one, other = (creative.draft(tx, post.id) for post in sheet.good)
        assert (one.caption, one.link, one.alt_text, one.is_post) == (
            "Two scoops,\nplease", "https://ice.example", "A cone", True)  # fmt: skip
        assert (one.name, one.per_channel) == ("Two scoops, please", {"instagram": {"text": "Two scoops,\nplease"}})
        assert one.wanted_at == datetime(2026, 11, 27, 13, 30, tzinfo=UTC)
        assert (other.name, other.per_channel, other.wanted_at) == ("Named", {}, datetime(2026, 11, 28, 8, tzinfo=UTC))
        window = schedule.days_window(date(2026, 11, 1), 30, ZONE)
        wanted = publishing.wanted(tx, *window, publishing.CalendarFilter())
        assert [(draft.title, draft.platform, draft.is_waiting) for draft in wanted] == [
            ("Two scoops, please", "instagram", False), ("Named", "", False)]  # fmt: skip
        assert publishing.calendar(tx, *window) == []  # a file plans nothing: only a person's approval does
        assert creative.archive_drafts(tx, [post.id for post in sheet.good]) == 2
        assert publishing.wanted(tx, *window, publishing.CalendarFilter()) == []


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (",09:00,,Words,,,", "The date is missing."),
        ("soon,09:00,,Words,,,", "“soon” is no date"),
        ("99999999999999999999.1.1,,,Words,,,", "is no date"),
        ("1.1.99999999999999999999,,,Words,,,", "is no date"),
        ("0001-01-01,,,Words,,,", "too far away"),
        ("2026-11-27,9 o'clock,,Words,,,", "is no time: write 14:30."),
        ("2026-11-19,09:00,,Words,,,", "has passed"),
        ("2027-03-28,02:30,,Words,,,", "the clocks go forward"),
        ("2026-11-27,09:00,,,,,", "The text is missing."),
        ("2026-11-27,09:00,myspace,Words,,,", "No channel of this brand is called “myspace”."),
        ("2026-11-27,09:00,,Words,,http://ice.example,", "https://"),
        ("2026-11-27,09:00,x," + "w" * 281 + ",,,", "takes 280 characters; this has 281."),
        ("2026-11-27", "The text is missing."),
    ],
)
def test_a_wrong_row_is_told_with_its_number_and_the_others_stay(
    world: World, channels: list[accounts.Channel], row: str, told: str
) -> None:
    sheet = _read(world, f"{HEAD}2026-11-27,10:00,,Fine,,,\n\n{row}\n", channels)
    assert [post.text for post in sheet.good] == ["Fine"]
    (wrong,) = sheet.wrong
    assert wrong.number == 4
    assert told in wrong.error


def test_the_same_post_twice_is_told(world: World) -> None:
    sheet = _read(world, HEAD + "2026-11-27,10:00,,Fine,,,\n2026-11-27,10:00,,Fine,,,\n2026-11-27,11:00,,Fine,,,\n")
    assert [row.error for row in sheet.rows] == ["", "The same as row 2.", ""]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "The file is empty."),
        (b"date,text\n", "no row below"),
        (b"when,what\n1,2\n", "“date”"),
        (b"date,time\n1,2\n", "“text”"),
        (b"PK\x03\x04\0\0date,text", "no text file"),
        (b'date,text\n2026-11-27,"open', "cannot be read"),
        (b"date,text\n" + b"2026-11-27,x\n" * 2001, "2,001 rows are too many"),
        (b"date,text\n" + b"x" * (8 * 1024 * 1024), "larger than 8 MB"),
    ],
)
def test_what_is_no_table_of_posts_is_refused(world: World, body: bytes, told: str) -> None:
    with pytest.raises(publishing.SheetRefused, match=told):
        _read(world, body)


def test_two_thousand_rows_fit_and_are_saved_at_once(world: World, cast: Cast) -> None:
    rows = "".join(f"2026-12-{1 + n % 28:02d},{n % 24:02d}:{n % 60:02d},,Post {n},,,\n" for n in range(2000))
    sheet = _read(world, HEAD + rows)
    assert len(sheet.good) == 2000
    with world.web.tx(cast.ana) as tx:
        assert publishing.save_sheet(tx, cast.brand, sheet) == 2000


def test_other_spreadsheets_files_and_our_own_guard_are_understood(world: World) -> None:
    semicolons = "date;text\r\n27.11.2026;'=Süß\r\n".encode("cp1252")
    assert [post.text for post in _read(world, semicolons).good] == ["=Süß"]
    ours = csv_bytes(("date", "text"), [("2026-11-27", "-50 % today")])
    assert b"'-50" in ours
    assert [post.text for post in _read(world, ours).good] == ["-50 % today"]


def test_viewers_and_outsiders_save_nothing(world: World, cast: Cast) -> None:
    sheet = _read(world, HEAD + "2026-11-27,10:00,,Fine,,,\n")
    with world.web.tx(cast.vera) as tx, pytest.raises(identity.RoleTooLow):
        publishing.save_sheet(tx, cast.brand, sheet)
    with world.web.tx(cast.ana) as tx:
        publishing.save_sheet(tx, cast.brand, sheet)
    with world.web.tx(cast.cleo) as tx:
        assert creative.archive_drafts(tx, [sheet.good[0].id]) == 0
        assert publishing.wanted(tx, NOW, datetime(2027, 1, 1, tzinfo=UTC), publishing.CalendarFilter()) == []


@given(body=st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda text: f"date,text\n{text}".encode())))
def test_any_bytes_are_read_or_refused_with_a_sentence(body: bytes) -> None:
    from services.kit.clock import SystemClock
    from services.kit.ids import TimeIds

    try:
        sheet = publishing.read_sheet(body, ZONE, NOW, [], TimeIds(SystemClock()).new)
    except publishing.SheetRefused as refusal:
        assert refusal.sentence
    else:
        assert all(row.error or row.post.wanted_at for row in sheet.rows)
