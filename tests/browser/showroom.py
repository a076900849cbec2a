"""The pictures of the README: `python -m tests.browser.showroom` fills a desk with weeks of work and photographs it."""

import io
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from services import accounts
from tests.browser import steps
from tests.browser.chromium import FLAGS, chromium_path
from tests.browser.conftest import COLOURS
from tests.browser.desk import ROOT, Desk, running_desk
from tests.browser.hands import Ad, Hands, hands, opened
from tests.browser.past import Plan, live_through
from tests.browser.test_screens import PICTURES_THERE

BYTES_MOST = 250_000
BOTH, GRAM, PAGE = ("instagram", "facebook"), ("instagram",), ("facebook",)
CONE, SKY, FESTIVAL, HAND = "ice-cream.jpg", "balloons-landscape.jpg", "balloons_square.jpg", "hand.jpg"


def _headline(words: str, line: str, caption: str, ground: str, picture: str = CONE, button: str = "") -> Ad:
    return Ad(words, picture, caption, "headline", (("subline", line), ("ground", ground), ("button", button)))


MINT = _headline("Half the sugar. All the pistachio.", "We spent two winters on it.", "Two winters, one recipe. "
                 "Tell us whether we got it right.", COLOURS[1])  # fmt: skip
MORNING = _headline("Made this morning.", "Gone by tonight.", "We churn at five, open at ten and stop when it is "
                    "gone. Today: strawberry, ube and a very short run of black cherry.", COLOURS[0],
                    button="Find a parlour")  # fmt: skip
UBE = _headline("Ube, at last.", "Purple, and proud of it.", "Six weeks, we said. Nobody let us stop.", COLOURS[2])
SKY_AD = Ad("We cater for the sky.", SKY, "Weddings, launches, festivals: the van comes to you.", "photo",
            (("subline", "Weddings, launches, festivals"), ("button", "Ask for a date")))  # fmt: skip
FLOAT = Ad("Sundays float.", FESTIVAL, "Free scoop for everybody who lands before noon.", "photo")
SUNDAE = Ad("Two spoons. One sundae.", CONE, "Bring somebody you like. Second spoon is free all week.", "offer",
            (("badge", "2 for 1"), ("subline", "All week"), ("small_print", "Until Sunday.")))  # fmt: skip
LEAVES = Ad("Real mint has leaves.", HAND, "No green colour. Only leaves, picked on Tuesday.", "photo")
CONE_OR_CUP = Ad("Cone or cup?", CONE, "Tell us below and win a week of gelato.", "photo", (("button", "Vote"),))
CHERRY = _headline("Black cherry Friday.", "One flavour, one price, one day.", "Friday only. From ten until it is "
                   "gone.", COLOURS[1], button="See the parlours")  # fmt: skip

PAST: list[Plan] = [
    (18, 11, LEAVES, PAGE),
    (16, 15, FLOAT, BOTH),
    (13, 10, MINT, BOTH),
    (11, 16, CONE_OR_CUP, GRAM),
    (9, 9, SKY_AD, PAGE),
    (6, 11, SUNDAE, BOTH),
    (4, 15, UBE, BOTH),
    (2, 10, FLOAT, GRAM),
    (1, 16, CONE_OR_CUP, PAGE),
]


def main() -> None:
    """Make docs/*.png."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        data = Path(folder) / "desk"
        data.parent.chmod(0o755)
        with running_desk(data) as desk:
            with _visit(browser.new_context(base_url=desk.base)) as page:
                _open_shop(page, desk, browser.new_context(base_url=desk.base))
        today = datetime.fromisoformat(desk.ask("select now()::text")[0][0])
        live_through(desk, PAST, today)
        with running_desk(data) as desk, opened(desk) as app:
            _present(desk, hands(app, desk, steps.BEN), hands(app, desk, steps.ANA), app.clock.now())
            look = {"viewport": {"width": 1440, "height": 900}, "timezone_id": steps.ZONE, "locale": "en-GB"}
            with _visit(browser.new_context(base_url=desk.base, **look)) as page:
                _photograph(page, desk)
        browser.close()


@contextmanager
def _visit(context: BrowserContext) -> Iterator[Page]:
    expect.set_options(timeout=60_000)
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def _open_shop(page: Page, desk: Desk, other: BrowserContext) -> None:
    steps.set_up(page, desk.set_up_link, steps.ANA, organisation="Morrow Gelato", colours=COLOURS)
    steps.load_sample(page)
    steps.connect(page, "Practice Instagram")
    steps.connect(page, "Practice Facebook Page")
    steps.connect(page, "Practice Instagram", "practice_bakery")
    link = steps.invite(page, steps.BEN.email)
    with _visit(other) as editor:
        steps.accept(editor, link, steps.BEN)


def _present(desk: Desk, ben: Hands, ana: Hands, now: datetime) -> None:
    """Today: something goes out, something is refused, much is planned, three ads wait."""
    at = now.replace(minute=0, second=0, microsecond=0)
    for ad, days, hour, platforms in (
        (SUNDAE, 1, 10, BOTH),
        (UBE, 2, 8, GRAM),
        (SKY_AD, 3, 11, PAGE),
        (MINT, 4, 16, BOTH),
        (LEAVES, 6, 9, GRAM),
        (FLOAT, 8, 10, BOTH),
    ):
        ana.approve(ben.ask(ad), (at + timedelta(days=days)).replace(hour=hour), platforms)
    evidence = [ad_id for (ad_id,) in desk.ask(
        "select distinct on (a.advertiser_id) a.id from app.ads a join app.advertisers v on v.id = a.advertiser_id "
        "where v.name = any (%s) and cardinality(a.titles) > 0 order by a.advertiser_id, a.started_on desc",
        ["Coca-Cola", "Pepsi", "Doritos"],
    )]  # fmt: skip
    ((bakery,),) = desk.ask("select id from app.channels where handle = 'practice_bakery'")
    desk.fault("expire_token", platform="instagram", count=1)
    with ana.app.tx(ana.scope) as tx:
        accounts.request_check(tx, bakery)
    _wait(desk, "select exists (select from app.channels where state = 'needs_reconnect')")
    desk.fault("fail_processing", platform="instagram", subcode=2207026, count=1)
    ana.approve(ben.ask(SKY_AD), None, GRAM)
    _wait(desk, "select exists (select from app.posts where state = 'failed')")
    ana.approve(ben.ask(MORNING), None, BOTH)
    ben.ask(UBE, "The long version, for the weekend.", at + timedelta(hours=20), evidence[:1])
    ben.ask(CHERRY, "Same as last year, new price.", at + timedelta(days=3), evidence[:2])
    ben.ask(CONE_OR_CUP, "", at + timedelta(days=5))
    ben.draft(MORNING, evidence)
    _wait(desk, "select not exists (select from app.posts where state not in ('planned', 'published', 'failed'))")


def _wait(desk: Desk, question: str) -> None:
    """Until the worker has done it."""
    still = threading.Event()
    for _ in range(240):
        if desk.ask(question)[0][0]:
            return
        still.wait(0.25)
    raise AssertionError(question)


def _photograph(page: Page, desk: Desk) -> None:
    page.goto("/")
    steps.sign_in(page, steps.ANA)
    steps.pull_now(page)
    _wait(desk, "select not exists (select from app.metric_pulls where state = 'queued')")
    request = desk.ask("select r.id from app.review_requests r join app.draft_versions v on v.id = r.version_id "
                       "where r.state = 'waiting' and v.name = %s", CHERRY.name)[0][0]  # fmt: skip
    draft = desk.ask("select id from app.drafts where name = %s order by created_at desc", MORNING.name)[0][0]
    for name, path in _places(request, draft).items():
        steps.open_screen(page, path)
        page.evaluate(PICTURES_THERE)
        page.mouse.move(800, 4)
        keep(page.screenshot(animations="disabled"), ROOT / "docs" / f"{name}.png")


def _places(request: UUID, draft: UUID) -> dict[str, str]:
    return {
        "home": "/",
        "competitors": "/competitors",
        "media": "/library",
        "creator": f"/creator?draft={draft}",
        "approvals": f"/approvals?request={request}",
        "calendar": "/calendar",
        "channels": "/channels",
        "results": "/results",
    }


def keep(png: bytes, path: Path) -> None:
    """Store a picture under 250 kB: as it is where that fits, else in as many colours as do."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for colours in (0, 256, 128, 64):
        shown = _fewer(picture, colours) if colours else picture
        out = io.BytesIO()
        shown.save(out, "PNG", optimize=True)
        if len(out.getvalue()) < BYTES_MOST:
            break
    path.write_bytes(out.getvalue())


def _fewer(picture: Image.Image, colours: int) -> Image.Image:
    chosen = picture.quantize(colours, kmeans=2)
    return picture.quantize(palette=chosen, dither=Image.Dither.FLOYDSTEINBERG)


if __name__ == "__main__":
    sys.exit(main())
