"""The calendar by hand: dragging keeps the minute and can be taken back, an empty place makes a post, keys lead on."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from services.kit.app import App
from tests.browser import steps
from tests.browser.chromium import settle
from tests.browser.conftest import Arrive, Workspace
from tests.browser.hands import Ad, Hands, hands

OSLO = ZoneInfo(steps.ZONE)
UNDO = ".st-key-selbar-undo"


def _tuesday(app: App) -> date:
    """A Tuesday at least three days ahead; the Wednesday after it is in the same row of any month."""
    soon = app.clock.now().astimezone(OSLO).date() + timedelta(days=3)
    return soon + timedelta(days=(1 - soon.weekday()) % 7)


def _planned(workspace: Workspace, ana: Hands, on: date, hour: int, minute: int) -> UUID:
    due_at = datetime(on.year, on.month, on.day, hour, minute, tzinfo=OSLO).astimezone(UTC)
    asked = hands(ana.app, workspace.desk, steps.BEN).ask(
        Ad(f"At {hour:02d}:{minute:02d}", "ice-cream.jpg", f"Planned for {hour:02d}:{minute:02d}.")
    )
    (post,) = ana.approve(asked, due_at, ["instagram"])
    return post.id


def _due(workspace: Workspace, post_id: UUID) -> datetime:
    ((due_at,),) = workspace.desk.ask("select due_at from app.posts where id = %s", post_id)
    return due_at.astimezone(OSLO).replace(tzinfo=None)  # type: ignore[no-any-return]


def _month(page: Page, day: date) -> None:
    steps.open_screen(page, f"/calendar?month={day:%Y-%m}")
    expect(page.locator(f'.day[data-date="{day}"]')).to_be_visible()


def _drag(page: Page, post_id: UUID, place: str) -> None:
    page.locator(f'[data-id="{post_id}"]').drag_to(page.locator(place))
    expect(page.locator(UNDO)).to_contain_text("moved to")


def test_dragging_to_another_day_keeps_the_time_and_u_takes_it_back(
    workspace: Workspace, arrive: Arrive, app: App, ana: Hands
) -> None:
    on = _tuesday(app)
    post, page = _planned(workspace, ana, on, 9, 37), arrive(workspace.ana).tab()
    before, after = datetime(on.year, on.month, on.day, 9, 37), on + timedelta(days=1)
    _month(page, after)
    _drag(page, post, f'.day[data-date="{after}"]')
    assert _due(workspace, post) == before + timedelta(days=1)
    settle(page)
    page.keyboard.press("u")
    expect(page.get_by_test_id("stToast").filter(has_text="Taken back")).to_be_visible()
    assert _due(workspace, post) == before
    expect(page.locator(f'.day[data-date="{on}"] [data-id="{post}"]')).to_be_visible()


def test_dragging_to_another_hour_keeps_the_minute_and_the_offer_ends_after_ten_seconds(
    workspace: Workspace, arrive: Arrive, app: App, ana: Hands
) -> None:
    on = _tuesday(app)
    post, page = _planned(workspace, ana, on, 10, 23), arrive(workspace.ana).tab()
    after = on + timedelta(days=1)
    steps.open_screen(page, f"/calendar?view=week&day={on}")
    _drag(page, post, f'.slot[data-date="{after}"][data-hour="14"]')
    assert _due(workspace, post) == datetime(after.year, after.month, after.day, 14, 23)
    expect(page.locator(UNDO)).to_be_visible()
    expect(page.locator(UNDO)).to_be_hidden(timeout=12_000)
    assert _due(workspace, post) == datetime(after.year, after.month, after.day, 14, 23)


def test_an_empty_day_and_an_empty_hour_make_a_post_that_is_wanted_then(
    workspace: Workspace, arrive: Arrive, app: App
) -> None:
    page, on = arrive(workspace.ana).tab(), _tuesday(app) + timedelta(days=2)
    _month(page, on)
    cell = page.locator(f'.day[data-date="{on}"]')
    box = cell.bounding_box()
    assert box is not None
    cell.click(position={"x": box["width"] / 2, "y": box["height"] - 6})
    assert _wanted(workspace, page).date() == on
    steps.open_screen(page, f"/calendar?view=week&day={on}")
    page.locator(f'.slot[data-date="{on}"][data-hour="16"]').click()
    assert _wanted(workspace, page) == datetime(on.year, on.month, on.day, 16)


def _wanted(workspace: Workspace, page: Page) -> datetime:
    expect(page).to_have_url(re.compile("draft="))
    settle(page)
    draft = re.findall("draft=([0-9a-f-]+)", page.url)[0]
    ((wanted_at,),) = workspace.desk.ask("select wanted_at from app.drafts where id = %s", draft)
    return wanted_at.astimezone(OSLO).replace(tzinfo=None)  # type: ignore[no-any-return]


def test_keys_lead_from_view_to_view_to_today_and_to_a_new_ad(workspace: Workspace, arrive: Arrive, app: App) -> None:
    page, today = arrive(workspace.ana).tab(), app.clock.now().astimezone(OSLO).date()
    steps.open_screen(page, f"/calendar?month={(today + timedelta(days=62)):%Y-%m}")
    for key, address, drawn in (
        ("t", f"month={today:%Y-%m}", f'.day[data-date="{today}"]'),
        ("w", "view=week", ".week.seven"),
        ("d", "view=day", ".week:not(.seven)"),
        ("m", f"month={today:%Y-%m}", ".cal"),
    ):
        page.keyboard.press(key)
        expect(page).to_have_url(re.compile(re.escape(address)))
        expect(page.locator(drawn)).to_be_visible()
        settle(page)
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("/creator.*draft="))
