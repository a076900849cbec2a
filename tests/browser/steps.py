"""What a person does at the desk, one function each; every one ends when its outcome is on screen."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.chromium import settle


@dataclass(frozen=True)
class Person:
    name: str
    email: str
    password: str


ANA = Person("Ana Holm", "ana@morrow.example", "five scoops before noon")
BEN = Person("Ben Aas", "ben@morrow.example", "the van is in Oslo today")
ZONE = "Europe/Oslo"


def open_screen(page: Page, path: str) -> None:
    """Go to an address and wait until its screen is drawn."""
    page.goto(path)
    expect(page.get_by_role("heading", level=1).first).to_be_visible()  # before the first run nothing runs either
    settle(page)


def heading(page: Page, words: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("heading", level=1, name=words)


def set_up(page: Page, link: str, person: Person, *, organisation: str, colours: tuple[str, str, str]) -> None:
    """Claim a fresh installation with its one-time link."""
    page.goto(link)
    page.get_by_label("Organisation").fill(organisation)
    page.get_by_label("Your name").fill(person.name)
    page.get_by_label("Work email").fill(person.email)
    page.get_by_label(re.compile("^Password")).fill(person.password)
    page.get_by_label("Time zone").select_option(ZONE)
    page.get_by_label("Web address").fill("morrow.example")
    for number, colour in enumerate(colours, 1):
        page.get_by_label(f"Colour {number}").fill(colour)
    page.get_by_role("button", name="Create the organisation").click()
    expect(heading(page, re.compile(f"^Good .*, {person.name.split()[0]}"))).to_be_visible()
    settle(page)


def sign_in(page: Page, person: Person) -> None:
    """From the sign-in screen, wherever it was met."""
    page.get_by_label("Work email").fill(person.email)
    page.get_by_label("Password").fill(person.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(account(page, person)).to_be_visible()
    settle(page)


def account(page: Page, person: Person) -> Locator:
    """The button at the foot of the sidebar that carries the person's name."""
    return page.get_by_test_id("stSidebar").get_by_role("button", name=person.name)


def sign_out(page: Page, person: Person) -> None:
    account(page, person).click()
    page.get_by_text("Sign out", exact=True).click()
    expect(heading(page, "Welcome back")).to_be_visible()


def load_sample(page: Page) -> None:
    open_screen(page, "/")
    page.get_by_role("button", name="Load the sample").click()
    expect(page.get_by_role("button", name="Remove the sample")).to_be_visible()


def connect(page: Page, platform: str, account_name: str = "") -> None:
    """By the platform's own sign-in page, `platform` as the button calls it; the first account unless told."""
    open_screen(page, "/channels")
    link, more = page.get_by_role("link", name=platform), page.get_by_role("button", name="Connect", exact=True)
    expect(link.or_(more)).to_be_visible()
    cards = page.get_by_role("button", name="Details")
    before = cards.count()
    if more.count():
        more.click()
    link.click()
    if account_name:
        page.get_by_label(account_name).check()
    page.get_by_role("button", name="Allow", exact=True).click()
    settle(page)
    if "choose" in page.url:
        page.get_by_role("dialog").get_by_role("button", name="Connect").click()
    expect(cards).to_have_count(before + 1)


def make_ad(page: Page, headline: str, picture: str, caption: str, *, line: str = "", template: str = "") -> None:
    """From the ad creator's list to an ad that is whole: words, picture, caption. Its name follows the headline."""
    open_screen(page, "/creator?new=1")
    expect(page).to_have_url(re.compile("draft="))
    if template:
        page.get_by_role("radio", name=template).click()
        expect(page.get_by_role("radio", name=template)).to_have_attribute("aria-checked", "true")
    write(page, "Headline", headline)
    if line:
        write(page, "Line under it", line)
    page.get_by_role("button", name="Choose").first.click()
    page.get_by_role("dialog").get_by_role("button", name=picture, exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text(picture, exact=True)).to_be_visible()
    write(page, "Caption", caption)
    expect(heading(page, headline.rstrip(".!"))).to_be_visible()
    settle(page)


def write(page: Page, label: str, text: str) -> None:
    """Fill a field that saves itself and leave it."""
    box = page.get_by_role("textbox", name=re.compile(f"^{label}"))
    box.fill(text)
    box.blur()


def send_for_approval(page: Page, note: str = "") -> None:
    """From the open ad to a question that waits."""
    page.get_by_role("button", name=re.compile("^Send for approval")).click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("Note").fill(note)
    drawer.get_by_label("Note").blur()
    drawer.get_by_role("button", name="Send", exact=True).click()
    expect(drawer).to_have_count(0)
    expect(page.locator(".chip", has_text="Waiting").first).to_be_visible()
    settle(page)


def wait_until_published(page: Page, name: str, channels: int) -> None:
    """Stay on the calendar's list until every post of this ad is out: the screen finds out by itself."""
    open_screen(page, "/calendar?view=list")
    out = page.get_by_role("button", name=re.compile(rf"^{re.escape(name)} .*Published"))
    expect(out).to_have_count(channels, timeout=60_000)


def see_post(page: Page, name: str, platform: str) -> Page:
    """From the calendar's list to the post's public page, in a tab of its own."""
    page.get_by_role("button", name=re.compile(rf"^{re.escape(name)} {platform}, practice")).click()
    with page.context.expect_page() as opened:
        page.get_by_role("dialog").get_by_role("link", name="See the post").click()
    public = opened.value
    public.wait_for_load_state()
    return public


def pull_now(page: Page) -> None:
    """Ask for the figures and wait until they are read."""
    open_screen(page, "/results")
    page.get_by_role("button", name="Pull now").click()
    expect(page.get_by_text(re.compile("· read .*[0-9]$"))).to_be_visible(timeout=60_000)


def see_chart(page: Page, bars: int) -> None:
    """The chart of gains per day holds a bar per post, and the tiles hold numbers."""
    chart = page.locator(".st-key-results-chart-days .js-plotly-plot")
    expect(chart.locator(".barlayer .point")).to_have_count(bars)
    expect(page.get_by_test_id("stMetricValue").first).to_have_text(re.compile("^[0-9]"))


def invite(page: Page, email: str) -> str:
    """As an editor; returns the link that is shown once."""
    open_screen(page, "/members")
    page.get_by_role("button", name=re.compile("^Invite")).click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("Work email").fill(email)
    drawer.get_by_label("Work email").blur()
    drawer.get_by_role("button", name="Make the link").click()
    shown = drawer.get_by_test_id("stCode")
    expect(shown).to_contain_text("?invite=")
    return shown.inner_text().strip()


def accept(page: Page, link: str, person: Person) -> None:
    """Join by the link of an invitation."""
    page.goto(link)
    page.get_by_label("Your name").fill(person.name)
    page.get_by_label(re.compile("^Password")).fill(person.password)
    page.get_by_role("button", name=re.compile("^Join")).click()
    expect(account(page, person)).to_be_visible()
    settle(page)


def approve_now(page: Page) -> None:
    """The request on the approvals screen, on every channel, at once."""
    page.get_by_role("radio", name="Now").click()
    page.get_by_role("button", name=re.compile("^Approve & publish")).click()
    page.get_by_role("dialog").get_by_role("button", name="Publish now").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def approve_and_schedule(page: Page) -> None:
    """The request on the approvals screen, at the time that is suggested."""
    page.get_by_role("radio", name="At a time").click()
    page.get_by_role("button", name=re.compile("^Approve & schedule")).click()
    expect(page.locator(".st-key-selbar-undo")).to_contain_text("goes out")
