"""One Chromium and one running desk for all browser tests; every test here carries the mark `browser`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from services.kit.app import App
from tests.browser import steps
from tests.browser.chromium import FLAGS, chromium_path
from tests.browser.desk import Desk, running_desk
from tests.browser.hands import Hands, hands, opened

HERE = Path(__file__).parent
SHOTS = HERE.parent / "shots"
_FAILED = pytest.StashKey[bool]()
COLOURS = ("#FFD9A0", "#4A2308", "#5B2A86")
# The journey needs an untouched desk, the screens one with a history.
ORDER = [
    f"test_{name}.py" for name in ("journey", "two_people", "double", "calendar", "tiktok", "failed_job", "screens")
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = [place for place, item in enumerate(items) if HERE in item.path.parents]
    ours = sorted((items[place] for place in places), key=_turn)
    for place, item in zip(places, ours, strict=True):
        item.add_marker(pytest.mark.browser)
        items[place] = item


def _turn(item: pytest.Item) -> int:
    if item.path.name in ORDER:
        return ORDER.index(item.path.name)
    return 1 if "desk" in getattr(item, "fixturenames", ()) else -1  # never on a desk that the journey needs untouched


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that nobody has claimed when the first test asks for it."""
    with running_desk(tmp_path_factory.mktemp("desk") / "data") as running:
        yield running


# A deep link makes Streamlit look for its server below the page first; the practice platforms have no icon.
_PROBES = ("/_stcore/health", "/_stcore/host-config", "/favicon.ico")


@dataclass
class Visitor:
    """One browser with its own cookies; `complaints` is what its console said that it should not have."""

    context: BrowserContext
    complaints: list[str]

    def tab(self) -> Page:
        page = self.context.new_page()
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.location.get("url", "").endswith(_PROBES):
            self.complaints.append(f"{message.text} {message.location.get('url', '')}")


Arrive = Callable[..., Visitor]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    item.stash.setdefault(_FAILED, False)
    item.stash[_FAILED] |= report.failed
    return report


@pytest.fixture
def arrive(chromium: Browser, desk: Desk, request: pytest.FixtureRequest) -> Iterator[Arrive]:
    """
    `arrive(state, dark=True, phone=True)`: a browser at the desk. Afterwards its console must have been silent.

    When the test failed, what each tab showed lies in tests/shots.
    """
    visitors: list[Visitor] = []

    def come(state: Path | None = None, *, dark: bool = False, phone: bool = False) -> Visitor:
        visitors.append(_visitor(chromium, desk, state, dark=dark, phone=phone))
        return visitors[-1]

    yield come
    for number, visitor in enumerate(visitors):
        for tab, page in enumerate(visitor.context.pages if request.node.stash[_FAILED] else []):
            page.screenshot(path=SHOTS / f"failed-{request.node.name}-{number}-{tab}.png")
        visitor.context.close()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []


def _visitor(chromium: Browser, desk: Desk, state: Path | None, *, dark: bool = False, phone: bool = False) -> Visitor:
    context = chromium.new_context(
        base_url=desk.base, viewport={"width": 390, "height": 844} if phone else {"width": 1440, "height": 900},
        color_scheme="dark" if dark else "light", has_touch=phone, reduced_motion="reduce", locale="en-GB",
        timezone_id=steps.ZONE, storage_state=state,
    )  # fmt: skip
    context.set_default_timeout(30_000)
    return Visitor(context, [])


@dataclass(frozen=True)
class Workspace:
    """A desk with two channels, where Ana is the owner and Ben an editor; how their browsers stay signed in."""

    desk: Desk
    ana: Path
    ben: Path
    invitation: str


@pytest.fixture(scope="session")
def workspace(chromium: Browser, desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """What the journey leaves behind, or the same made quickly, and then a second person."""
    folder = tmp_path_factory.mktemp("signed-in")
    owner, editor = _visitor(chromium, desk, None), _visitor(chromium, desk, None)
    page = owner.tab()
    if desk.ask("select id from app.organisations"):
        page.goto("/")
        steps.sign_in(page, steps.ANA)
    else:
        steps.set_up(page, desk.set_up_link, steps.ANA, organisation="Morrow Gelato", colours=COLOURS)
        steps.load_sample(page)
        steps.connect(page, "Practice Instagram")
        steps.connect(page, "Practice Facebook Page")
    link = steps.invite(page, steps.BEN.email)
    steps.accept(editor.tab(), link, steps.BEN)
    made = Workspace(desk, folder / "ana.json", folder / "ben.json", link)
    for visitor, kept in ((owner, made.ana), (editor, made.ben)):
        visitor.context.storage_state(path=kept)
        visitor.context.close()
    return made


@pytest.fixture(scope="module")
def app(workspace: Workspace) -> Iterator[App]:
    """An App over the running desk, for hands that act without a browser."""
    with opened(workspace.desk) as running:
        yield running


@pytest.fixture
def ana(workspace: Workspace, app: App) -> Hands:
    return hands(app, workspace.desk, steps.ANA)


@pytest.fixture
def ben(workspace: Workspace, app: App) -> Hands:
    return hands(app, workspace.desk, steps.BEN)
