"""An author and somebody who decides; and what a browser remembers of who is signed in."""

import re

from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.conftest import Arrive, Workspace

NAME = "Two spoons, one sundae"


def _scheduled(page: Page, month: str) -> None:
    steps.open_screen(page, f"/calendar?view=list&month={month}")
    row = page.get_by_role("button", name=re.compile(f"^{NAME} .*Scheduled.*09:00"))
    expect(row).to_have_count(2)


def test_an_author_waits_and_somebody_else_decides(workspace: Workspace, arrive: Arrive) -> None:
    author, owner = arrive(workspace.ben).tab(), arrive(workspace.ana).tab()
    steps.make_ad(author, f"{NAME}.", "ice-cream.jpg", "Bring somebody you like.", template="Photo")
    steps.send_for_approval(author, "For the weekend.")
    steps.open_screen(author, "/approvals")
    expect(author.get_by_text("You made this, so somebody else decides on it.")).to_be_visible()
    expect(author.get_by_role("button", name=re.compile("^(Approve|Reject)"))).to_have_count(0)

    steps.open_screen(owner, "/approvals")
    expect(owner.get_by_text("“For the weekend.”")).to_be_visible()
    steps.approve_and_schedule(owner)
    posts = workspace.desk.ask(
        "select p.due_at at time zone p.time_zone from app.posts p join app.draft_versions v on v.id = p.version_id "
        "where v.name = %s and p.state = 'planned' and p.time_zone = %s",
        NAME,
        steps.ZONE,
    )
    assert {(wall.hour, wall.minute) for (wall,) in posts} == {(9, 0)}
    month = f"{max(wall for (wall,) in posts):%Y-%m}"
    _scheduled(owner, month)
    _scheduled(author, month)


def test_an_invitation_is_taken_once(workspace: Workspace, arrive: Arrive) -> None:
    page = arrive().tab()
    page.goto(workspace.invitation)
    expect(steps.heading(page, "This link does not work")).to_be_visible()


def test_a_deep_link_survives_the_sign_in_and_the_session_a_reload_and_a_new_tab(
    workspace: Workspace, arrive: Arrive
) -> None:
    visitor = arrive()
    page = visitor.tab()
    page.goto("/library?media-kind=Video")
    steps.sign_in(page, steps.BEN)
    expect(steps.heading(page, "Media")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/library\?media-kind=Video$"))
    expect(page.get_by_role("radio", name="Video")).to_be_checked()
    page.reload()
    expect(steps.heading(page, "Media")).to_be_visible()
    other = visitor.tab()
    steps.open_screen(other, "/results")
    expect(steps.account(other, steps.BEN)).to_be_visible()


def test_signing_out_in_one_tab_ends_the_other(workspace: Workspace, arrive: Arrive) -> None:
    visitor = arrive()
    first, second = visitor.tab(), visitor.tab()
    first.goto("/")
    steps.sign_in(first, steps.ANA)
    steps.open_screen(second, "/jobs")
    steps.sign_out(first, steps.ANA)
    second.get_by_test_id("stSidebar").get_by_role("link", name="Channels").click()
    expect(steps.heading(second, "Welcome back")).to_be_visible()
