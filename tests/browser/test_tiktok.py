"""From a clip in the library to its public page on TikTok, with the state on screen all the way."""

import re

from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.chromium import settle
from tests.browser.conftest import Arrive, Workspace

CLIP, CAPTION = "flower.webm", "It opens at five in the morning, and so do we."


def _post_this(page: Page) -> None:
    steps.open_screen(page, "/library")
    page.get_by_role("button", name=re.compile(rf"^{re.escape(CLIP)}")).first.click()
    page.get_by_role("dialog").get_by_role("button", name="Post this").click()
    expect(page).to_have_url(re.compile("draft="))
    settle(page)
    steps.write(page, "Caption", CAPTION)
    settle(page)


def _choose_who_sees_it(page: Page) -> None:
    """TikTok's rule: nobody chooses this for the creator, so until somebody does the post cannot go out."""
    page.get_by_role("radio", name=re.compile("^TikTok")).click()
    expect(page.get_by_text("is still open").first).to_be_visible()
    page.get_by_role("combobox", name=re.compile("Who can")).click()
    page.get_by_role("option", name=re.compile("^Everyone")).click()
    expect(page.get_by_text("is still open")).to_have_count(0)
    settle(page)


def _only_on_tiktok(page: Page) -> None:
    """Channels that would refuse the clip are not offered at all."""
    expect(page.get_by_text("TikTok · practice_acme", exact=True).first).to_be_visible()
    for name in ("Instagram · practice_acme", "Facebook · Practice Acme"):
        offered = page.get_by_text(name, exact=True)
        if offered.count():
            offered.first.click()
            settle(page)


def test_a_clip_of_the_library_is_posted_and_seen_in_public(workspace: Workspace, arrive: Arrive) -> None:
    page = arrive(workspace.ana).tab()
    steps.connect(page, "Practice TikTok")
    _post_this(page)
    _choose_who_sees_it(page)
    steps.send_for_approval(page)
    other = arrive(workspace.ben).tab()
    steps.open_screen(other, "/approvals")
    _only_on_tiktok(other)
    steps.approve_now(other)
    settle(other)
    expect(other.locator(".st-key-selbar-undo")).to_have_count(0)
    steps.open_screen(page, "/calendar?view=list")
    row = page.get_by_role("button", name=re.compile(r"TikTok, practice.*Published"))
    expect(row).to_have_count(1, timeout=90_000)
    row.click()
    with page.context.expect_page() as opened:
        page.get_by_role("dialog").get_by_role("link", name="See the post").click()
    public = opened.value
    public.wait_for_load_state()
    expect(public.get_by_text(CAPTION)).to_be_visible()
    assert "/tiktok/" in public.url

    taken = [post for post in workspace.desk.accepted() if post["platform"] == "tiktok"]
    assert [post["caption"] for post in taken] == [CAPTION]
