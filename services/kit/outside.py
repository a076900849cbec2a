"""
Addresses that people give us, fetched without becoming a way into our own network: https only, public hosts only.

The host is looked up once and its addresses judged; the connection then goes to one of those, not to the name, so that
a second look-up cannot lead elsewhere. Redirects are followed by hand, each judged anew.
"""

import socket
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from services.kit import deadline
from services.kit.calls import called
from services.kit.errors import Invalid, OutcomeUnknown, Unavailable
from services.kit.http import Client

Resolve = Callable[[str], list[str]]

PAGE_BYTES = 512 * 1024
PAGE_SECONDS = 10.0
REDIRECTS_MOST = 3
_TRANSLATED = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address inside an IPv6 one


class NotOutside(Invalid):
    """This address is not one of the public web."""


@dataclass(frozen=True)
class Answer:
    """What an address said to a POST; `text` is at most its first half megabyte."""

    status: int
    text: str
    headers: Mapping[str, str]

    @property
    def wait(self) -> timedelta:
        """How long it asks to be left alone: Retry-After in seconds, at most an hour; else a minute."""
        told = self.headers.get("retry-after", "")
        seconds = int(told[:6]) if told.isascii() and told.isdecimal() else 60
        return timedelta(seconds=min(seconds, 3_600))


@dataclass(frozen=True)
class Page:
    """An answer at the end of its redirects; `text` is at most the first half megabyte."""

    status: int
    url: str
    text: str


def resolve(host: str) -> list[str]:
    """Every address of a host. :raises Unavailable: it has none"""
    try:
        found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unavailable(f"{host} has no address on the internet.") from error
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def is_public(address: str) -> bool:
    """Is this address reached over the internet, whatever way it is written?"""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address):
        if parsed.sixtofour or parsed.teredo or parsed.is_site_local or parsed in _TRANSLATED:
            return False
        if parsed.ipv4_mapped:
            return is_public(str(parsed.ipv4_mapped))
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


def public_addresses(host: str, look_up: Resolve) -> list[str]:
    """
    The addresses of a host, all of them public: one that leads inside spoils the others.

    :raises NotOutside: one is not
    :raises Unavailable: there are none
    """
    found = look_up(host)
    if not found or not all(is_public(one) for one in found):
        raise NotOutside(f"{host} does not lead to the public internet.")
    return found


def fetch_page(http: Client, url: str, look_up: Resolve) -> Page:
    """
    GET a page, without cookies of ours, within ten seconds.

    :raises NotOutside: it, or where it redirects to, is not on the public web over https
    :raises Unavailable: it did not answer, or redirects too often
    """
    with deadline.within(PAGE_SECONDS):
        for _ in range(REDIRECTS_MOST + 1):
            answer = _get(http, url, look_up)
            if isinstance(answer, Page):
                return answer
            url = answer
    raise Unavailable("It redirects more than three times.")


def post_outside(
    http: Client,
    url: str,
    look_up: Resolve,
    *,
    json: Any = None,
    content: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """
    POST to an address that people gave, within ten seconds. Redirects are answers like any other.

    :raises NotOutside: it is not on the public web over https
    :raises Unavailable: it could not be reached, nothing was sent
    :raises OutcomeUnknown: it was sent, and no answer came
    """
    host = host_of(url)
    asked = pinned(http, "POST", url, look_up, json=json, content=content, headers=headers)
    try:
        with called("POST", url) as call, deadline.within(PAGE_SECONDS):
            answer = http.send(asked, stream=True, follow_redirects=False)
            call.answered(answer.status_code)
            try:
                text = _start_of(answer.iter_bytes(), is_told=True).decode("utf-8", "replace")
                return Answer(answer.status_code, text, answer.headers)
            finally:
                answer.close()
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise Unavailable(f"{host} could not be reached: {type(error).__name__}") from error
    except httpx.HTTPError as error:
        raise OutcomeUnknown(f"{host} gave no clear answer: {type(error).__name__}") from error


def host_of(url: str) -> str:
    """The host of a plain https address. :raises NotOutside: it is none"""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        httpx.URL(url)
    except (ValueError, httpx.InvalidURL) as error:
        raise NotOutside("That is not a web address.") from error
    if parts.scheme != "https" or not host or port not in (None, 443) or parts.username or parts.password:
        raise NotOutside("Only plain https addresses are looked at.")
    return host


def pinned(http: Client, method: str, url: str, look_up: Resolve, **sent: Any) -> httpx.Request:
    """A request to one of the host's addresses instead of its name, without cookies of ours."""
    host = host_of(url)
    address = public_addresses(host, look_up)[0]
    headers = {"Host": host, **(sent.pop("headers", None) or {})}
    asked = http.build_request(method, httpx.URL(url).copy_with(host=address), headers=headers, timeout=5.0, **sent)
    asked.headers.pop("cookie", None)
    asked.extensions = {**asked.extensions, "sni_hostname": host}
    return asked


def _get(http: Client, url: str, look_up: Resolve) -> Page | str:
    """The page, or the address it redirects to."""
    host = host_of(url)
    asked = pinned(http, "GET", url, look_up, headers={"Accept": "text/html,*/*;q=0.1"})
    try:
        with called("GET", url) as call:
            answer = http.send(asked, stream=True, follow_redirects=False)
            call.answered(answer.status_code)
            try:
                if answer.has_redirect_location:
                    return urljoin(url, answer.headers["location"])
                text = _start_of(answer.iter_bytes()).decode(answer.encoding or "utf-8", "replace")
                return Page(answer.status_code, url, text)
            finally:
                answer.close()
    except (httpx.HTTPError, httpx.InvalidURL, LookupError, ValueError) as error:
        raise Unavailable(f"{host} did not answer: {type(error).__name__}") from error


def _start_of(pieces: Iterable[bytes], *, is_told: bool = False) -> bytes:
    """What came by the deadline, at most half a megabyte; `is_told`: the status said all, the rest may stay away."""
    body = b""
    try:
        for piece in pieces:
            body += piece
            if len(body) >= PAGE_BYTES or deadline.is_over():
                break
    except (httpx.TransportError, httpx.DecodingError):
        if not is_told and not deadline.is_over():
            raise
    return body[:PAGE_BYTES]
