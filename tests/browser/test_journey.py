"""One person from the set-up link to the chart, on a desk that nobody has touched."""

import time

from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.conftest import COLOURS, Arrive
from tests.browser.desk import Desk

CAPTION = "We churn at five, open at ten and stop when it is gone. Today: strawberry and black cherry."
MINUTES_ALLOWED = 3


def test_from_the_set_up_link_to_a_chart(desk: Desk, arrive: Arrive) -> None:
    began = time.monotonic()
    page = arrive().tab()
    steps.set_up(page, desk.set_up_link, steps.ANA, organisation="Morrow Gelato", colours=COLOURS)
    steps.load_sample(page)
    steps.connect(page, "Practice Instagram")
    steps.connect(page, "Practice Facebook Page")
    steps.make_ad(page, "Made this morning.", "ice-cream.jpg", CAPTION, line="Gone by tonight.")
    steps.send_for_approval(page)
    steps.open_screen(page, "/approvals")
    steps.approve_now(page)
    steps.wait_until_published(page, "Made this morning", channels=2)
    for platform in ("Instagram", "Facebook"):
        public = steps.see_post(page, "Made this morning", platform)
        expect(public.get_by_text(CAPTION)).to_be_visible()
        assert public.locator(".card img").evaluate("picture => picture.naturalWidth") == 1080
        public.close()
        page.get_by_role("dialog").get_by_role("button", name="Close").click()
    steps.pull_now(page)
    steps.see_chart(page, bars=2)
    took = time.monotonic() - began
    print(f"\nfrom the set-up link to the chart: {took:.0f} s")

    accepted = desk.accepted()
    assert sorted(post["platform"] for post in accepted) == ["facebook", "instagram"]
    assert {post["caption"] for post in accepted} == {CAPTION}
    published = desk.ask("select permalink from app.posts where state = 'published' and permalink <> ''")
    assert len(published) == 2
    assert took < MINUTES_ALLOWED * 60


def test_the_set_up_link_works_once(desk: Desk, arrive: Arrive) -> None:
    page = arrive().tab()
    page.goto(desk.set_up_link)
    expect(steps.heading(page, "This link does not work")).to_be_visible()
    page.goto("/system")
    expect(steps.heading(page, "Welcome back")).to_be_visible()
    assert desk.ask("select count(*) from app.organisations") == [(1,)]
