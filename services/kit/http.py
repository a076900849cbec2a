"""The door to other systems' HTTP: one client, one way of sending, our five errors for transport faults."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import httpx

from services.kit.errors import OutcomeUnknown, Unavailable

Client = httpx.Client
Response = httpx.Response

_SECRET = re.compile(
    r"((?:access_token|client_secret|fb_exchange_token|refresh_token|code|code_verifier|sig|input_token|upload_token"
    r"|upload_id|token)=)[^&\s\"']+"
)


def make_client(timeout_seconds: float = 20.0) -> Client:
    """A client that follows no redirects, reads no proxies from the machine, and waits `timeout_seconds` per phase."""
    return httpx.Client(timeout=httpx.Timeout(timeout_seconds, connect=5.0), follow_redirects=False, trust_env=False)


def redact(text: str) -> str:
    """`text` with the values of secret query parameters replaced: for logs, errors and screens."""
    return _SECRET.sub(r"\1[hidden]", text)


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
) -> Response:
    """
    Send one request and return the answer, whatever its status.

    The token travels in a header: query strings end in traces and logs.

    :raises Unavailable: the connection was refused, or a read failed in any way: nothing was done
    :raises OutcomeUnknown: a write was sent and its answer did not arrive
    """
    headers = {**(headers or {}), **({"Authorization": f"Bearer {bearer}"} if bearer else {})}
    timeout = httpx.USE_CLIENT_DEFAULT if timeout_seconds is None else timeout_seconds
    try:
        return http.request(
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
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise Unavailable(f"{_host(url)} could not be reached: {type(error).__name__}") from error
    except httpx.TransportError as error:
        if writes:
            raise OutcomeUnknown(f"{_host(url)} gave no clear answer: {type(error).__name__}") from error
        raise Unavailable(f"{_host(url)} did not answer: {type(error).__name__}") from error


def _host(url: str) -> str:
    return httpx.URL(url).host or "the address"
