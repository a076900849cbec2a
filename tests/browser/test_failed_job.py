"""An ops person hears that something failed: from the bell to its cause and another try in three clicks."""

import re
import threading

import pytest
from playwright.sync_api import Page, expect

from services import jobs
from tests.browser import steps
from tests.browser.chromium import settle
from tests.browser.conftest import Arrive, Workspace
from tests.browser.hands import Hands

_COUNT_CLICKS = """addEventListener("click", event => {
  if (event.isTrusted) sessionStorage.clicks = Number(sessionStorage.clicks || 0) + 1;
}, true)"""
_COUNT_TOASTS = """() => {
  const TOAST = "[data-testid=stToast]"
  window.toasts = 0
  const seen = new MutationObserver(found => found.forEach(one => one.addedNodes.forEach(node => {
    window.toasts += node.nodeType === 1 && (node.matches(TOAST) || !!node.querySelector(TOAST))
  })))
  seen.observe(document.body, { childList: true, subtree: true })
}"""
_TOASTS_SHOWN = "new Promise(tell => requestAnimationFrame(() => requestAnimationFrame(() => tell(window.toasts))))"
_RUNS = (
    "select count(*) from app.job_runs r join app.job_starts s on s.id::text = r.subject_id "
    "where r.kind = 'demo' and r.status = 'failed' and s.id = %s"
)


def _until(workspace: Workspace, question: str, wanted: int, *values: object) -> None:
    for _ in range(300):
        if workspace.desk.ask(question, *values)[0][0] >= wanted:
            return
        threading.Event().wait(0.1)
    raise AssertionError(f"not within 30 s: {question}")


def _clicks(page: Page) -> int:
    return int(page.evaluate("Number(sessionStorage.clicks || 0)"))


@pytest.mark.parametrize("phone", [False, True])
def test_from_the_bell_to_the_cause_and_another_try_in_three_clicks(
    workspace: Workspace, arrive: Arrive, ana: Hands, phone: bool
) -> None:
    failing = {"steps": 2, "seconds": 0, "fail_at": 2}
    start_id = jobs.start_now(ana.app, ana.scope, "demo", failing).start_id
    _until(workspace, "select count(*) from app.notifications where link = %s", 1, f"/jobs?start={start_id}")
    _until(workspace, _RUNS, 1, start_id)
    page = arrive(workspace.ana, phone=phone).tab()
    page.add_init_script(_COUNT_CLICKS)
    steps.open_screen(page, "/")
    if phone:
        page.get_by_test_id("stExpandSidebarButton").click()
    before = _clicks(page)

    page.get_by_role("button", name=re.compile("Notifications")).click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("Practice failed")).first.click()
    drawer = page.get_by_role("dialog", name="Run")
    expect(drawer).to_contain_text("Step 2 failed, as it was told to.")
    expect(drawer).to_contain_text("What to do")
    drawer.get_by_role("button", name="Retry", exact=True).click()
    expect(page.get_by_text("Started. You can leave this page.").first).to_be_visible()
    _until(workspace, _RUNS, 2, start_id)
    settle(page)
    assert _clicks(page) - before == 3

    expect(page.get_by_test_id("stToast")).to_have_count(0)
    page.evaluate(_COUNT_TOASTS)
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    settle(page)
    assert page.evaluate(_TOASTS_SHOWN) == 0  # what was told is told once


def test_a_question_stays_open_when_the_last_job_ends(workspace: Workspace, arrive: Arrive, ana: Hands) -> None:
    failed = jobs.start_now(ana.app, ana.scope, "demo", {"steps": 1, "seconds": 0, "fail_at": 1}).start_id
    _until(workspace, _RUNS, 1, failed)
    going = str(jobs.start_now(ana.app, ana.scope, "demo", {"steps": 7, "seconds": 1}).start_id)
    page = arrive(workspace.ana).tab()
    steps.open_screen(page, "/jobs?state=dead")
    page.get_by_role("button", name="Retry all of these").click()
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("will start again")
    _until(workspace, "select count(*) from app.job_runs where subject_id = %s and status = 'succeeded'", 1, going)
    expect(page.get_by_text("nothing at this moment")).to_be_visible()
    settle(page)
    expect(question).to_be_visible()
