"""Pressing twice, and in two tabs at once: one effect, in the database and on the platforms."""

import re
from datetime import timedelta
from uuid import UUID

from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.conftest import Arrive, Workspace
from tests.browser.hands import Ad, Hands

APPROVE = re.compile("^Approve & schedule")


def _ad(caption: str) -> Ad:
    return Ad("Cone or cup?", "ice-cream.jpg", caption)


def _effects(workspace: Workspace, request_id: UUID) -> tuple[int, int]:
    """How many approvals, and how many posts, came of a request."""
    (found,) = workspace.desk.ask(
        "select count(distinct a.id), count(p.id) from app.approvals a left join app.posts p on p.approval_id = a.id "
        "where a.request_id = %s",
        request_id,
    )
    return found


def _request(page: Page, request_id: UUID) -> None:
    steps.open_screen(page, f"/approvals?request={request_id}")
    page.get_by_role("radio", name="At a time").click()
    expect(page.get_by_role("button", name=APPROVE)).to_be_enabled()


def _decided(page: Page) -> None:
    """The way back, or a refusal: either says that the press was heard."""
    expect(page.locator(".st-key-selbar-undo").or_(page.get_by_test_id("stToast")).first).to_be_visible()


def test_a_double_click_on_approve_plans_once(workspace: Workspace, arrive: Arrive, ben: Hands) -> None:
    request = ben.ask(_ad("A double click."))
    page = arrive(workspace.ana).tab()
    _request(page, request)
    page.get_by_role("button", name=APPROVE).dblclick()
    _decided(page)
    assert _effects(workspace, request) == (2, 2)


def test_approving_in_two_tabs_plans_once(workspace: Workspace, arrive: Arrive, ben: Hands) -> None:
    request = ben.ask(_ad("Two tabs."))
    visitor = arrive(workspace.ana)
    tabs = visitor.tab(), visitor.tab()
    for page in tabs:
        _request(page, request)
    for page in tabs:
        page.get_by_role("button", name=APPROVE).click(no_wait_after=True)
    for page in tabs:
        _decided(page)
    assert _effects(workspace, request) == (2, 2)


def test_publishing_now_twice_in_two_tabs_posts_once(
    workspace: Workspace, arrive: Arrive, ben: Hands, ana: Hands
) -> None:
    caption = "Pressed four times."
    (post,) = ana.approve(ben.ask(_ad(caption)), ana.app.clock.now() + timedelta(days=3), ["instagram"])
    visitor = arrive(workspace.ana)
    tabs = visitor.tab(), visitor.tab()
    buttons = []
    for page in tabs:
        steps.open_screen(page, f"/calendar?view=list&post={post.id}")
        page.get_by_role("dialog", name="Post").get_by_role("button", name="Publish now").click()
        buttons.append(page.locator(".st-key-calendar-post-now-yes").get_by_role("button"))
        expect(buttons[-1]).to_be_visible()
    for button in buttons:
        button.dblclick(no_wait_after=True)
    for page in tabs:
        expect(page.get_by_role("dialog", name="Post").get_by_role("link", name="See the post")).to_be_visible(
            timeout=60_000
        )
    accepted = [taken for taken in workspace.desk.accepted() if taken["caption"] == caption]
    assert len(accepted) == 1
    assert workspace.desk.ask("select state from app.posts where id = %s", post.id) == [("published",)]
    assert workspace.desk.ask("select count(*) from app.attempts where post_id = %s", post.id) == [(1,)]
