"""What hands do with the parts: open, tick, drag, press keys. The scene repeats what the server heard."""

import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from pages.parts.markup import IMAGE_ADDRESS, LINK_ADDRESS
from tests.browser.gallery.conftest import SHOTS, Visit
from tests.pages.parts.addresses import IMAGES, LINKS

pytestmark = pytest.mark.browser


def _said(page: Page) -> Locator:
    """What the server last heard."""
    return page.locator("[data-said]").first


def test_a_post_dragged_to_another_day_reaches_the_server(visit: Visit) -> None:
    page = visit("month")
    page.locator('.p[data-id="j"]').drag_to(page.locator('.day[data-date="2026-11-26"]'))
    expect(_said(page)).to_contain_text("moved j to 2026-11-26")


def test_what_went_out_cannot_be_dragged_and_the_past_takes_nothing(visit: Visit) -> None:
    page = visit("month")
    expect(page.locator('.p[data-id="e"]')).not_to_have_attribute("draggable", "true")
    page.locator('.p[data-id="j"]').drag_to(page.locator('.day[data-date="2026-11-12"]'))
    page.locator('.p[data-id="k"]').click()
    expect(_said(page)).to_contain_text("opened k moved None")


def test_a_day_tells_what_it_hides_and_offers_a_new_post(visit: Visit) -> None:
    page = visit("month")
    page.get_by_text("+2 more").click()
    expect(_said(page)).to_contain_text("more 2026-11-20")
    page.get_by_role("button", name="New post on 2026-11-28").press("Enter")
    expect(_said(page)).to_contain_text("new 2026-11-28")


def test_ticks_and_a_range_with_shift_are_counted_and_cleared(visit: Visit) -> None:
    page = visit("shelf")
    page.get_by_role("checkbox", name="Select strawberry-at-six.jpg").click()
    page.get_by_role("checkbox", name="Select ube-square.png").click(modifiers=["Shift"])
    expect(page.get_by_text("5 selected")).to_be_visible()
    expect(page.locator(".it.on")).to_have_count(5)
    page.screenshot(path=SHOTS / "shelf-ticked.png")
    page.get_by_role("button", name=re.compile("^Clear")).click()
    expect(_said(page)).to_contain_text("ticked 0")
    expect(page.locator(".it.on")).to_have_count(0)
    page.get_by_role("checkbox", name="Select strawberry-at-six.jpg").click()
    expect(page.get_by_text("1 selected")).to_be_visible()


def test_a_row_opens_by_click_and_by_enter(visit: Visit) -> None:
    page = visit("home")
    page.locator('.r[data-id="ube"]').click()
    expect(_said(page)).to_contain_text("opened ube")
    page.locator('.r[data-id="arabic"]').focus()
    page.keyboard.press("Enter")
    expect(_said(page)).to_contain_text("opened arabic")


def test_a_tick_in_the_queue_opens_nothing(visit: Visit) -> None:
    page = visit("queue")
    page.get_by_role("checkbox", name="Select Ube is staying").press("Space")
    expect(_said(page)).to_contain_text("opened None ticked ube")


def test_an_ad_opens_and_its_button_acts_alone(visit: Visit) -> None:
    page = visit("wall")
    page.locator('.ad[data-id="9"]').click()
    expect(_said(page)).to_contain_text("opened 9 act None")
    page.locator('.ad[data-id="9"]').get_by_role("button", name="Save").click()
    expect(_said(page)).to_contain_text("opened None act ('save', '9')")


def test_an_ad_with_a_hostile_address_is_shown_as_words(visit: Visit) -> None:
    ad = visit("wall").locator('.ad[data-id="4"]')
    expect(ad.locator(".say")).to_contain_text("<img src=x")
    expect(ad.locator("img")).to_have_count(0)


def test_a_job_opens_and_runs_now(visit: Visit) -> None:
    page = visit("jobs")
    page.get_by_text("Release due posts").click()
    expect(_said(page)).to_contain_text("opened due")
    page.locator('tr[data-id="late"]').get_by_role("button", name="Run now").click()
    expect(_said(page)).to_contain_text("act ('run', 'late')")


def test_a_notice_survives_the_rerun_and_shows_its_text_as_written(visit: Visit) -> None:
    page = visit("acts")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_test_id("stToast")).to_contain_text("Approved *for* Ana")


def test_a_refusal_is_told_in_its_own_words(visit: Visit) -> None:
    page = visit("acts")
    page.get_by_role("button", name="Refuse").click()
    expect(page.get_by_test_id("stAlert")).to_contain_text("Somebody decided this version before you.")


def test_an_act_is_taken_back_with_the_key(visit: Visit) -> None:
    page = visit("acts")
    page.get_by_role("button", name="Move").click()
    expect(page.get_by_text("Moved to Wed 25 Nov, 10:00.")).to_be_visible()
    page.screenshot(path=SHOTS / "acts-undo.png")
    page.get_by_role("heading", name="Acts").click()
    page.keyboard.press("u")
    expect(_said(page)).to_contain_text("title Back again")
    expect(page.get_by_role("button", name="Keep")).to_have_count(0)


def test_the_download_guards_against_formulas(visit: Visit) -> None:
    page = visit("wall")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    assert download.value.suggested_filename == "ads.csv"
    assert download.value.path().read_bytes().startswith(b"\xef\xbb\xbfadvertiser,text\r\n'=1+1,x")


def test_the_browser_judges_addresses_like_the_server(visit: Visit) -> None:
    page = visit("blank")
    for pattern, cases in ((IMAGE_ADDRESS, IMAGES), (LINK_ADDRESS, LINKS)):
        judged = page.evaluate(
            f"cases => cases.map(one => new RegExp(`^(?:${{{json.dumps(pattern)}}})$`).test(one))", list(cases)
        )
        assert dict(zip(cases, judged, strict=True)) == cases
