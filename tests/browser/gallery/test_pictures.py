"""Every scene in light and dark, wide and on a phone: drawn, silent, harmless, nothing sticking out."""

import pytest
from playwright.sync_api import expect

from tests.browser.gallery.conftest import SHOTS, Visit

pytestmark = pytest.mark.browser
LOADED = """images => Promise.all(images
    .filter(one => one.currentSrc && one.getBoundingClientRect().top < innerHeight).map(one => one.decode()))"""
READY = {
    "home": "[data-testid=stMetricChart] :is(canvas, svg)",
    "wall": "article.ad",
    "shelf": ".it",
    "month": ".day",
    "jobs": ".runs tbody tr",
    "queue": ".rows .r",
    "blank": ".blank img",
    "acts": "[data-testid=stButton]",
}


@pytest.mark.parametrize("look", ["light", "dark", "phone", "phone-dark"])
@pytest.mark.parametrize("scene", READY)
def test_a_scene_is_drawn_in_every_look_without_a_complaint(visit: Visit, scene: str, look: str) -> None:
    page = visit(scene, dark="dark" in look, phone="phone" in look)
    expect(page.locator(READY[scene]).first).to_be_visible()
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('14px Inter'))")
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.locator("img").evaluate_all(LOADED)
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{scene}-{look}.png", animations="disabled")
