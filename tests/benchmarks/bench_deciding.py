"""
Fifty drafts decided by keyboard in Chromium at a running desk. Target: <= 3 s each, from the key to the next draft
drawn and ready. Yardstick in the same run: going on to the next draft with J, without deciding.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from playwright.sync_api import Browser, Page, expect, sync_playwright

from services.kit import postgres
from tests.benchmarks.bench_approvals import COPIES
from tests.benchmarks.figures import Figure
from tests.browser import steps
from tests.browser.chromium import FLAGS, chromium_path, settle
from tests.browser.desk import Desk, running_desk
from tests.browser.hands import Ad, hands, opened

DRAFTS, LOOKS = 50, 10
PORT = 18511
COLOURS = ("#FFD9A0", "#4A2308", "#5B2A86")
CONE = Ad("Made this morning.", "ice-cream.jpg", "We churn at five and stop when it is gone.")


def measure() -> list[Figure]:
    with _chromium() as browser, queue_of(browser, DRAFTS) as (_, page):
        steps.open_screen(page, "/approvals")
        looking = [_moved(page, lambda: page.keyboard.press("j")) for _ in range(LOOKS)]
        for _ in range(LOOKS):
            _moved(page, lambda: page.keyboard.press("k"))
        deciding = [_moved(page, lambda: page.keyboard.press("a")) for _ in range(DRAFTS)]
        expect(page.get_by_text("Nothing waits")).to_be_visible()
    name = f"A draft decided by keyboard, median of {DRAFTS}"
    looked = statistics.median(looking)
    return [
        Figure(name, statistics.median(deciding), "s", 3, "next draft (J)", looked),
        Figure("… the slowest of them", max(deciding), "s", 3, "next draft (J)", looked),
    ]


def _moved(page: Page, act: Callable[[], None]) -> float:
    """Seconds from the act until another draft, or the end of the queue, is drawn and the page is ready for keys."""
    name = page.locator(".st-key-card-approvals-stage .h").first
    before = name.inner_text()
    start = time.perf_counter()
    act()
    page.wait_for_function(
        "before => { const now = document.querySelector('.st-key-card-approvals-stage .h');"
        " return !now || now.innerText !== before }",
        arg=before,
        timeout=60_000,
    )
    settle(page)
    return time.perf_counter() - start


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def queue_of(browser: Browser, drafts: int) -> Iterator[tuple[Desk, Page]]:
    """A fresh desk where so many drafts of Ana's wait, and a page of Ben's, who decides."""
    expect.set_options(timeout=60_000)
    with tempfile.TemporaryDirectory(prefix="loopdesk-deciding-") as folder:
        with running_desk(Path(folder) / "data", port=PORT) as desk:
            owner, editor = (browser.new_context(base_url=desk.base, timezone_id=steps.ZONE) for _ in range(2))
            page, bens = owner.new_page(), editor.new_page()
            steps.set_up(page, desk.set_up_link, steps.ANA, organisation="Morrow Gelato", colours=COLOURS)
            steps.load_sample(page)
            steps.connect(page, "Practice Instagram")
            steps.accept(bens, steps.invite(page, steps.BEN.email), steps.BEN)
            owner.close()
            _fill(desk, drafts)
            yield desk, bens
            editor.close()


def _fill(desk: Desk, drafts: int) -> None:
    with opened(desk) as app:
        request = hands(app, desk, steps.ANA).ask(CONE, "For the weekend.")
    with psycopg.connect(postgres.start(desk.data / "database")) as connection:
        connection.execute(COPIES, {"request": request, "count": drafts - 1})
        # without a wanted time the screen suggests tomorrow at nine; a wanted minute in the past would do the same
        connection.execute("update app.review_requests set wanted_at = null")
