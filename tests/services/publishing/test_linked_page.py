"""The page a post links to: it must answer, and be the page that is meant."""

import pytest

from services.kit.outside import Page
from services.publishing.linked_page import page_problem

LINK = "https://morrow.example/menu?utm_source=instagram"
GOOD = "<html><head><title>Menu</title><link rel='canonical' href='https://www.morrow.example/menu/'></head>"


def _page(text: str = GOOD, status: int = 200, url: str = LINK) -> Page:
    return Page(status, url, text)


@pytest.mark.parametrize(
    "page",
    [
        _page(),
        _page("<TITLE>Menu</TITLE>"),
        _page('<title>Menu</title><link rel="canonical" href="/menu">'),
        _page(url="https://www.morrow.example/menu"),
        _page("<title>How we found 404 flavours</title>"),
    ],
)
def test_the_page_that_is_meant(page: Page) -> None:
    assert page_problem(LINK, page) == ""


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (_page(status=404), "answers 404"),
        (_page(status=503), "answers 503"),
        (_page("<h1>Menu</h1>"), "has no title"),
        (_page("<title>  </title>"), "has no title"),
        (_page("<title>Page not found · Morrow</title>"), "says “Page not found · Morrow”"),
        (_page("<title>Menu</title><link rel=canonical href='https://morrow.example/'>"), "names another page"),
        (_page("<title>Menu</title><link rel=canonical href='https://[bad'>"), "names another page"),
        (_page(url="https://parked.example/menu"), "leads away from morrow.example to parked.example"),
    ],
)
def test_a_page_where_people_would_not_arrive(page: Page, told: str) -> None:
    assert told in page_problem(LINK, page)
