"""Every screen in light, dark and on a phone, with real work on it: drawn whole, silent, no wider than the phone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.conftest import SHOTS, Arrive, Workspace
from tests.browser.hands import Ad, hands, opened

MODES = {"light": {}, "dark": {"dark": True}, "phone": {"phone": True}}
QUEUE = (
    Ad("Ube is staying.", "balloons_square.jpg", "Six weeks, they said. Nobody let us stop.", "photo"),
    Ad("We cater for the sky.", "balloons-landscape.jpg", "Weddings, launches, festivals.", "photo"),
    Ad("Cone or cup?", "ice-cream.jpg", "Tell us and win a week of gelato.", "offer", (("badge", "−20 %"),)),
)
PATHS = {
    "home": "/",
    "competitors": "/competitors",
    "advertisers": "/competitors?competitors-view=Advertisers",
    "imports": "/imports",
    "media": "/library",
    "ads": "/creator",
    "approvals": "/approvals",
    "calendar": "/calendar",
    "list": "/calendar?view=list",
    "channels": "/channels",
    "results": "/results",
    "jobs": "/jobs",
    "schedules": "/schedules",
    "kinds": "/schedules?new=",
    "schedule": "/schedules?new=demo",
    "pipelines": "/pipelines",
    "reliability": "/reliability",
    "members": "/members",
    "brand": "/brand",
    "system": "/system",
    "account": "/account",
    "inbox": "/notifications",
    "preferences": "/notifications?tab=preferences",
    "deliveries": "/notifications?tab=log",
}
# Pictures on screen may still be on their way when nothing runs any more; components draw theirs in shadow roots.
PICTURES_THERE = """async () => {
  const all = root => [...root.querySelectorAll('*')].flatMap(e => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])])
  const seen = e => { const b = e.getBoundingClientRect(); return b.width && b.top < innerHeight && b.bottom > 0 }
  await Promise.all(all(document).filter(e => e.tagName === 'IMG' && seen(e)).map(e => e.decode()))
}"""
OVERHANG = """() => [document.documentElement, ...document.querySelectorAll('[data-testid="stMain"]')]
  .map(e => e.scrollWidth - e.clientWidth)"""


@pytest.fixture(scope="module")
def busy(workspace: Workspace) -> Workspace:
    """The desk with a queue, planned posts and one that the platform refused."""
    desk = workspace.desk
    desk.fault("fail_processing", platform="instagram", subcode=2207026, count=1)
    with opened(desk) as app:
        ben, ana = hands(app, desk, steps.BEN), hands(app, desk, steps.ANA)
        now = app.clock.now()
        ana.approve(ben.ask(Ad("Pistachio, at last.", "hand.jpg", "Half the sugar.")), None, ["instagram"])
        ana.approve(ben.ask(Ad("Sunday float.", "balloons_square.jpg", "Free for dogs.")), now + timedelta(days=2))
        for number, ad in enumerate(QUEUE):
            ben.ask(ad, "Please look before Friday.", now + timedelta(hours=20 * (number + 1)))
    return workspace


def _overhang(page: Page, name: str, mode: str) -> list[int]:
    """
    What lies beyond the right edge, once it is drawn to the end: a title, no error, every picture there.

    A picture of it is kept.
    """
    expect(page.get_by_role("heading").first).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_text("could not be shown")).to_have_count(0)
    page.evaluate(PICTURES_THERE)
    page.screenshot(path=SHOTS / f"{name}-{mode}.png", animations="disabled")
    return list(page.evaluate(OVERHANG))


@pytest.mark.parametrize("mode", MODES)
def test_every_screen_is_drawn_whole(busy: Workspace, arrive: Arrive, mode: str) -> None:
    page = arrive(busy.ana, **MODES[mode]).tab()
    for name, path in PATHS.items():
        steps.open_screen(page, path)
        assert _overhang(page, name, mode) == [0, 0], f"{name} is wider than the screen"
    for name, look in DRAWERS.items():
        look(page)
        assert _overhang(page, name, mode) == [0, 0], f"{name} is wider than the screen"


def _ad(page: Page) -> None:
    steps.open_screen(page, "/creator")
    page.locator(".r", has_text="Cone or cup?").first.click()
    expect(page.get_by_text("Four sizes")).to_be_visible()
    steps.settle(page)


def _notifications(page: Page) -> None:
    steps.open_screen(page, "/")
    page.keyboard.press("g")
    expect(page.get_by_role("dialog", name="Notifications")).to_be_visible()
    steps.settle(page)


def _post(page: Page) -> None:
    steps.open_screen(page, "/calendar?view=list&state=attention")
    page.locator(".r", has_text="Pistachio, at last").first.click()
    expect(page.get_by_role("dialog", name="Post")).to_be_visible()
    steps.settle(page)


def _competitor(page: Page) -> None:
    steps.open_screen(page, "/competitors")
    page.locator(".ad").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    steps.settle(page)


def _file(page: Page) -> None:
    steps.open_screen(page, "/library")
    page.get_by_role("button", name="balloons_square.jpg", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    steps.settle(page)


DRAWERS: dict[str, Callable[[Page], None]] = {
    "creator": _ad,
    "notifications": _notifications,
    "post": _post,
    "competitor": _competitor,
    "file": _file,
}


@pytest.mark.parametrize("mode", MODES)
def test_the_sign_in_is_drawn_whole(busy: Workspace, arrive: Arrive, mode: str) -> None:
    page = arrive(**MODES[mode]).tab()
    page.goto("/")
    expect(steps.heading(page, "Welcome back")).to_be_visible()
    assert _overhang(page, "sign-in", mode) == [0, 0]


def test_the_queue_is_worked_by_keyboard(busy: Workspace, arrive: Arrive) -> None:
    page = arrive(busy.ana).tab()
    steps.open_screen(page, "/approvals")
    waiting = page.locator(".rows .r")
    current = page.locator('.rows .r[aria-current="true"]')
    expect(current).to_have_count(1)  # the rows are mounted a moment after the script has ended
    names = [row.locator(".t").inner_text() for row in waiting.all()]
    assert len(names) >= len(QUEUE)
    for key, place in (("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(current.locator(".t")).to_have_text(names[place])
        steps.settle(page)
    page.keyboard.press("a")
    expect(waiting).to_have_count(len(names) - 1)
    expect(page.get_by_text(f"“{names[1]}” goes out")).to_be_visible()
    page.keyboard.press("u")
    expect(waiting).to_have_count(len(names))
    planned = busy.desk.ask(
        "select p.state from app.posts p join app.draft_versions v on v.id = p.version_id where v.name = %s", names[1]
    )
    assert {state for (state,) in planned} == {"cancelled"}
