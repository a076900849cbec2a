"""Files from addresses that people give us, under the rules of `outside`: public hosts only, redirects judged anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import urljoin

import httpx

from services.kit import deadline
from services.kit.calls import called
from services.kit.errors import Invalid, Rejected, Unavailable
from services.kit.http import Client, Response
from services.kit.outside import REDIRECTS_MOST, Resolve, host_of, pinned

FILE_SECONDS = 120.0


class FileTooBig(Invalid):
    """The file at this address is too large."""


@dataclass(frozen=True)
class Fetched:
    """Whether a file was read (else it is what it was), and what it is known by next time."""

    is_new: bool
    etag: str
    modified: str


def fetch_file(
    http: Client, url: str, look_up: Resolve, into: BinaryIO, *, most_bytes: int, etag: str = "", modified: str = ""
) -> Fetched:
    """
    GET a file into `into`, within two minutes; with what it was known by before, only if it has changed since.

    :raises NotOutside: it, or where it redirects to, is not on the public web over https
    :raises FileTooBig: it is larger than `most_bytes`; what was read so far is in `into`
    :raises Unavailable: it did not answer, breaks off, or redirects too often
    :raises Rejected: it answers that there is no such file for us
    """
    known = {"If-None-Match": etag, "If-Modified-Since": modified}
    headers = {"Accept": "*/*", **{name: value for name, value in known.items() if value}}
    with deadline.within(FILE_SECONDS):
        for _ in range(REDIRECTS_MOST + 1):
            found = _get_file(http, url, look_up, headers, into, most_bytes)
            if isinstance(found, Fetched):
                return found
            url = found
    raise Unavailable("It redirects more than three times.")


def _get_file(
    http: Client,
    url: str,
    look_up: Resolve,
    headers: Mapping[str, str],
    into: BinaryIO,
    most_bytes: int,
) -> Fetched | str:
    """The file, or the address it redirects to."""
    host = host_of(url)
    asked = pinned(http, "GET", url, look_up, headers=headers)
    try:
        with called("GET", url) as call:
            answer = http.send(asked, stream=True, follow_redirects=False)
            call.answered(answer.status_code)
            try:
                return _kept(answer, url, into, most_bytes)
            finally:
                answer.close()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        if deadline.is_over():
            raise _too_slow(host) from error
        raise Unavailable(f"{host} did not answer: {type(error).__name__}") from error


def _kept(answer: Response, url: str, into: BinaryIO, most_bytes: int) -> Fetched | str:
    host = host_of(url)
    if answer.has_redirect_location:
        return urljoin(url, answer.headers["location"])
    if answer.status_code >= 500 or answer.status_code == 429:
        raise Unavailable(f"{host} answered {answer.status_code}.")
    if answer.status_code not in (200, 304):
        raise Rejected(f"{host} answered {answer.status_code}.")
    known = Fetched(answer.status_code == 200, *(answer.headers.get(n, "") for n in ("etag", "last-modified")))
    size = 0
    for piece in answer.iter_bytes() if known.is_new else ():
        size += into.write(piece)
        if size > most_bytes:
            raise FileTooBig()
        if deadline.is_over():
            raise _too_slow(host)
    return known


def _too_slow(host: str) -> Unavailable:
    return Unavailable(f"{host} was not done after {FILE_SECONDS:.0f} seconds.")
