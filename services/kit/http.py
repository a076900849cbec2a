"""The door to other systems' HTTP: one client, one way of sending, our five errors for transport faults."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx

from services.kit import deadline
from services.kit.answers import hear
from services.kit.calls import called
from services.kit.errors import OutcomeUnknown, Unavailable
from services.kit.redaction import redact as redact

Client = httpx.Client
Response = httpx.Response
ANSWER_BYTES = 16 * 1024 * 1024
_PHASES = 3  # connecting, sending, waiting for the answer


class AnswerTooLong(httpx.TransportError):
    """More than anybody here would read."""


def make_client(timeout_seconds: float = 20.0) -> Client:
    """A client that follows no redirects, reads no proxies from the machine, and waits `timeout_seconds` per phase."""
    return httpx.Client(
        timeout=httpx.Timeout(timeout_seconds, connect=5.0),
        follow_redirects=False,
        trust_env=False,
        transport=deadline.Punctual(),
    )


def upload_seconds(byte_count: int) -> float:
    """How long a file may take to go up: ten minutes, and what it needs at a megabit per second."""
    return 600.0 + byte_count / 125_000


def send(
    http: Client,
    method: str,
    url: str,
    *,
    writes: bool,
    params: Mapping[str, Any] | None = None,
    form: Mapping[str, Any] | None = None,
    files: Mapping[str, Any] | None = None,
    json: Any = None,
    content: bytes | Iterable[bytes] | None = None,
    headers: Mapping[str, str] | None = None,
    bearer: str | None = None,
    timeout_seconds: float | None = None,
    total_seconds: float | None = None,
    most_bytes: int = ANSWER_BYTES,
) -> Response:
    """
    Send one request and return the answer, whatever its status.

    The token travels in a header: query strings end in traces and logs.

    :param timeout_seconds: for each wait, e.g. for the next bytes; else the client's
    :param total_seconds: for the whole call, whatever trickles; else three times the wait
    :param most_bytes: of the answer, unpacked
    :raises Unavailable: the connection was refused, the address is none, or a read failed in any way: nothing was done
    :raises OutcomeUnknown: a write was sent and its answer did not arrive in time, is too long, or cannot be unpacked
    """
    headers = {**(headers or {}), **({"Authorization": f"Bearer {bearer}"} if bearer else {})}
    timeout = httpx.USE_CLIENT_DEFAULT if timeout_seconds is None else timeout_seconds
    with _in_our_words(url, writes=writes), called(method, url) as call:
        asked = http.build_request(
            method,
            url,
            params=params,
            data=form,
            files=files,
            json=json,
            content=content,
            headers=headers,
            timeout=timeout,
        )
        with deadline.within(total_seconds or _PHASES * (timeout_seconds or http.timeout.read or 20.0)):
            answer = _whole(http, asked, most_bytes)
        call.answered(answer.status_code)
    hear(method, url, answer, bearer or headers.get("Authorization", "").rpartition(" ")[2])
    return answer


@contextmanager
def _in_our_words(url: str, *, writes: bool) -> Iterator[None]:
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise Unavailable(f"{_host(url)} could not be reached: {type(error).__name__}") from error
    except httpx.InvalidURL as error:
        raise Unavailable("What was given as an address is none.") from error
    except (httpx.TransportError, httpx.DecodingError) as error:
        if writes:
            raise OutcomeUnknown(f"{_host(url)} gave no clear answer: {type(error).__name__}") from error
        raise Unavailable(f"{_host(url)} did not answer: {type(error).__name__}") from error


def _whole(http: Client, asked: httpx.Request, most_bytes: int) -> Response:
    """
    The answer with all of its body, unpacked.

    :raises AnswerTooLong: before more of it is read
    :raises httpx.TransportError: as sending does
    """
    answer = http.send(asked, stream=True)
    try:
        told = answer.headers.get("content-length", "")
        if told.isascii() and told.isdecimal() and int(told[:18]) > most_bytes and asked.method != "HEAD":
            raise AnswerTooLong("the length it tells")
        body = bytearray()
        for piece in answer.iter_bytes():
            body += piece
            if len(body) > most_bytes:
                raise AnswerTooLong("what came")
            if deadline.is_over():
                raise httpx.ReadTimeout("the deadline of the whole call", request=asked)
    finally:
        answer.close()
    headers = answer.headers.copy()
    headers.pop("content-encoding", None)
    whole = Response(answer.status_code, headers=headers, stream=httpx.ByteStream(bytes(body)), request=asked)
    whole.read()
    return whole


def is_theirs(address: object, api_url: str, *hosts: str) -> bool:
    """
    Is this address, which a platform's answer gave, one of the platform's own? Only such a one is sent anything.

    Its own are those at its API's very origin and, where the API is reached over https, `hosts` over https: a name, or
    with a dot before it all names below.
    """
    if not isinstance(address, str) or "\\" in address:
        return False
    try:
        given, own = urlsplit(address), urlsplit(api_url)
        same = (given.scheme, given.hostname, given.port) == (own.scheme, own.hostname, own.port)
        is_plain = given.port in (None, 443) and given.scheme == own.scheme == "https"
    except ValueError:
        return False
    host = given.hostname or ""
    is_named = any(host.endswith(one) if one.startswith(".") else host == one for one in hosts)
    return "@" not in given.netloc and bool(host) and (same or (is_plain and is_named))


def _host(url: str) -> str:
    return httpx.URL(url).host or "the address"
