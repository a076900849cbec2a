"""Addresses from people: only the public web over https, whatever the name or a redirect says."""

from collections.abc import Callable, Iterator

import httpx
import pytest

from services.kit import outside
from services.kit.errors import Unavailable

PUBLIC, OTHER = "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"


def _http(answer: Callable[[httpx.Request], httpx.Response]) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(answer))


def _look_up(**hosts: str) -> outside.Resolve:
    return lambda host: [hosts.get(host.replace(".", "_"), PUBLIC)]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "fec0::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "",
        "localhost",
        "255.255.255.255",
    ],
)
def test_an_inner_address_is_not_public_however_it_is_written(address: str) -> None:
    assert not outside.is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, OTHER, "::ffff:93.184.215.14"])
def test_an_address_of_the_internet_is(address: str) -> None:
    assert outside.is_public(address)


def test_the_connection_goes_to_the_address_that_was_judged_and_names_the_host() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, text="<title>Gelato</title>")

    page = outside.fetch_page(_http(answer), "https://morrow.example/menu?utm_source=x", _look_up())
    assert (page.status, page.url, page.text) == (
        200,
        "https://morrow.example/menu?utm_source=x",
        "<title>Gelato</title>",
    )
    (asked,) = seen
    assert (asked.url.host, asked.url.path, asked.headers["host"]) == (PUBLIC, "/menu", "morrow.example")
    assert asked.extensions["sni_hostname"] == "morrow.example"


@pytest.mark.parametrize(
    "url",
    ["http://morrow.example/", "https://morrow.example:8443/", "https://user:secret@morrow.example/", "file:///etc/passwd",
     "https:///nothing", "https://[::1", "gopher://morrow.example/", "https://inner.example/"],
)  # fmt: skip
def test_anything_else_is_not_asked_for(url: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise AssertionError(f"asked {request.url}")

    with pytest.raises(outside.NotOutside):
        outside.fetch_page(_http(answer), url, _look_up(inner_example="169.254.169.254"))


def test_one_inner_address_among_the_answers_spoils_the_host() -> None:
    with pytest.raises(outside.NotOutside):
        outside.public_addresses("mixed.example", lambda host: [PUBLIC, "127.0.0.1"])


def test_a_redirect_is_judged_like_the_first_address() -> None:
    inner = _http(lambda request: httpx.Response(302, headers={"location": "https://inner.example/admin"}))
    with pytest.raises(outside.NotOutside):
        outside.fetch_page(inner, "https://morrow.example/", _look_up(inner_example="10.0.0.8"))
    plain = _http(lambda request: httpx.Response(302, headers={"location": "http://morrow.example/"}))
    with pytest.raises(outside.NotOutside):
        outside.fetch_page(plain, "https://morrow.example/", _look_up())


def test_a_redirect_to_nonsense_is_no_answer() -> None:
    nonsense = _http(lambda request: httpx.Response(302, headers={"location": "https://[bad"}))
    with pytest.raises(Unavailable):
        outside.fetch_page(nonsense, "https://morrow.example/", _look_up())


def test_redirects_end_and_large_pages_are_cut() -> None:
    round_and_round = _http(lambda request: httpx.Response(301, headers={"location": "/again"}))
    with pytest.raises(Unavailable, match="three times"):
        outside.fetch_page(round_and_round, "https://morrow.example/", _look_up())
    endless = _http(lambda request: httpx.Response(200, content=(b"x" * 65_536 for _ in range(10_000))))
    assert len(outside.fetch_page(endless, "https://morrow.example/", _look_up()).text) == outside.PAGE_BYTES


def test_once_a_receiver_told_the_status_its_words_may_stay_away() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        def words() -> Iterator[bytes]:
            yield b"tak"
            raise httpx.ReadTimeout("slow")

        return httpx.Response(202, content=words())

    told = outside.post_outside(_http(answer), "https://morrow.example/hook", _look_up(), json={})
    assert (told.status, told.text) == (202, "tak")


def test_silence_is_told_without_the_address() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("slow")

    with pytest.raises(Unavailable, match=r"^morrow\.example did not answer: ReadTimeout$"):
        outside.fetch_page(_http(answer), "https://morrow.example/?token=secret", _look_up())
