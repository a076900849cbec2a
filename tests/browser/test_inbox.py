"""The inbox by hand: Shift ticks a range, what is read in one go can be taken back, and what is urgent stands first."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from services import notifications, wiring
from services.kit.config import Settings
from services.kit.db import Scope
from tests.browser import steps
from tests.browser.conftest import Arrive, Workspace
from tests.browser.hands import hands, opened


@pytest.fixture(scope="module")
def told(workspace: Workspace) -> Iterator[None]:
    """Six messages in everybody's inbox, the urgent one told first; before them two pages of others."""
    desk = workspace.desk
    with opened(desk) as web:
        org_id = hands(web, desk, steps.ANA).org_id
    settings = Settings(loopdesk_data=desk.data, public_url=desk.base, practice_url=desk.practice, _env_file=None)
    worker = wiring.build("worker", settings)
    with worker.tx(Scope(org_id)) as tx:
        for number in range(110):
            notifications.tell(tx, kind="post", tone="green", title=f"Cone {number}", link="/calendar",
                               cause=f"cone/{number}/told", leaves=False)  # fmt: skip
        for number, tone in enumerate(("red", "green", "green", "green", "green", "green")):
            notifications.tell(tx, kind="post", tone=tone, title=f"Scoop {number}", link="/calendar",
                               cause=f"scoop/{number}/told", leaves=False)  # fmt: skip
    worker.close()
    yield


def test_shift_ticks_a_range_and_reading_it_can_be_taken_back(workspace: Workspace, arrive: Arrive, told: None) -> None:
    page = arrive(workspace.ana).tab()
    steps.open_screen(page, "/notifications?notifications-q=Scoop")
    boxes, bar = (
        page.get_by_role("checkbox", name=re.compile("^Select Scoop")),
        page.locator(".st-key-selbar-notifications"),
    )
    expect(boxes).to_have_count(6)
    boxes.nth(1).click()
    expect(bar).to_contain_text("1 selected")
    boxes.nth(4).click(modifiers=["Shift"])
    expect(bar).to_contain_text("4 selected")
    bar.get_by_role("button", name="Mark 4 as read").click()
    expect(page.get_by_text("4 marked as read")).to_be_visible()
    page.get_by_role("radio", name="Unread").click()
    expect(boxes).to_have_count(2)
    assert "notifications-show=Unread" in page.url
    page.keyboard.press("u")
    expect(boxes).to_have_count(6)


def test_what_is_urgent_stands_first_behind_the_bell(workspace: Workspace, arrive: Arrive, told: None) -> None:
    page = arrive(workspace.ben).tab()
    steps.open_screen(page, "/")
    page.keyboard.press("g")
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_role("button", name=re.compile("Scoop")).first).to_contain_text("Scoop 0")
    drawer.get_by_role("button", name=re.compile("^Mark all")).click()
    expect(drawer).to_have_count(0)
    expect(page.get_by_text(re.compile("marked as read"))).to_be_visible()


def test_another_page_of_the_inbox_is_seen_from_its_top(workspace: Workspace, arrive: Arrive, told: None) -> None:
    page = arrive(workspace.ana).tab()
    steps.open_screen(page, "/notifications?notifications-q=Cone")
    page.get_by_role("button", name="Older").click()
    expect(page.get_by_role("button", name="Newest")).to_be_visible()
    expect(page.get_by_role("checkbox", name=re.compile("^Select Cone")).first).to_be_in_viewport()
