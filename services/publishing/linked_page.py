"""Does the page that a post links to answer, and is it the page that is meant? Values in, a sentence out."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from services.kit.outside import Page

_GONE = ("404", "not found", "page not found", "no longer available", "access denied", "domain for sale")


class _Head(HTMLParser):
    """The first title and the canonical address of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.canonical, self._reads = "", "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self._reads = tag == "title" and not self.title
        if tag == "link" and "canonical" in told.get("rel", "").lower().split() and not self.canonical:
            self.canonical = told.get("href", "")

    def handle_endtag(self, tag: str) -> None:
        self._reads = False

    def handle_data(self, data: str) -> None:
        if self._reads:
            self.title += data


def page_problem(link: str, page: Page) -> str:
    """Why people who follow this link would not arrive; empty where they would."""
    host = urlsplit(link).hostname or link
    if page.status != 200:
        return f"The linked page on {host} answers {page.status}."
    if _place(page.url)[0] != _place(link)[0]:
        return f"The link leads away from {host} to {urlsplit(page.url).hostname}."
    head = _Head()
    head.feed(page.text)
    title = " ".join(head.title.split())
    if not title:
        return f"The linked page on {host} has no title."
    if any(title.lower().startswith(words) for words in _GONE):
        return f"The linked page on {host} says “{title[:60]}”."
    canonical = head.canonical.strip()
    if canonical and _place(canonical, page.url) != _place(page.url):
        return f"The linked page on {host} names another page as the real one: {canonical[:120]}"
    return ""


def _place(address: str, seen_from: str = "") -> tuple[str, str]:
    """Host and path, which say which page it is; what follows says how people came. Empty where it is no address."""
    try:
        parts = urlsplit(urljoin(seen_from, address))
    except ValueError:
        return "", ""
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/")
