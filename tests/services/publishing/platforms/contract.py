"""What every platform's publisher promises. A subclass names the publisher; the tests come with it."""

import io
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

import httpx
import pytest
from pydantic import SecretStr

from services.approvals import SealedContent, SealedMedia
from services.kit.errors import (
    CredentialsExpired,
    OutcomeUnknown,
    ProviderError,
    RateLimited,
    Rejected,
    Unavailable,
)
from services.publishing.publisher import Door, Order, Publisher, Remote

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECRET = "a-token-that-nobody-may-ever-see-0123456789"
Answer = Callable[[httpx.Request], httpx.Response]
Refusals = list[tuple[Answer, type[Exception]]]


def content(platform: str, **changes: Any) -> SealedContent:
    picture = SealedMedia(
        sha256="0" * 64, alt_text="A cone.", asset_id=UUID(int=1), file_key="k.jpg", width=1080, height=1350,
        content_type="image/jpeg",
    )  # fmt: skip
    words = {"platform": platform, "is_practice": True, "target": "17", "text": "Fresh today.", "media": (picture,)}
    return SealedContent(**(words | changes))


def door(answer: Answer, platform: str) -> Door:
    client = httpx.Client(transport=httpx.MockTransport(answer))
    return Door(client, platform, "https://graph.example/v26.0", "17", SecretStr(SECRET), NOW)


def answering(status: int, body: Any) -> Answer:
    return lambda request: httpx.Response(status, json=body)


def refusing(code: int, subcode: int | None = None, status: int = 400, **more: Any) -> Answer:
    error = {"code": code, "error_subcode": subcode, "message": "No.", "fbtrace_id": "T", **more}
    return answering(status, {"error": error})


def breaking(error: type[httpx.TransportError]) -> Answer:
    def answer(request: httpx.Request) -> httpx.Response:
        raise error("broken", request=request)

    return answer


def graph_refusals() -> Refusals:
    """What Instagram and Facebook say, and which of our errors it is."""
    return [
        (answering(200, {"success": True}), OutcomeUnknown),
        (refusing(1), OutcomeUnknown),
        (refusing(506), OutcomeUnknown),
        (refusing(4, 2207051), OutcomeUnknown),
        (refusing(4), RateLimited),
        (refusing(190, 463, 401), CredentialsExpired),
        (refusing(10, None, 403), CredentialsExpired),
        (refusing(100), Rejected),
        (refusing(987_654), Rejected),
    ]


class PublisherContract:
    """
    Subclass it in `test_<platform>.py`, once per format.

    `refusals` are the platform's own answers to the final call and what they mean to us; `quoting` is a refusal that
    quotes the token back; `changes` are words and media of the sealed content that fit this format.
    """

    publisher: ClassVar[Publisher]
    remote: ClassVar[Remote] = {}
    changes: ClassVar[dict[str, Any]] = {}
    refusals: ClassVar[Refusals] = graph_refusals()
    quoting: ClassVar[Any] = {"error": {"code": 100, "message": f"Bad {SECRET} here"}}

    def order(self) -> Order:
        """Each file's bytes are `file 0`, `file 1` and so on."""
        sealed = content(self.publisher.spec.platform, **self.changes)
        urls = tuple(f"https://files.example/{place}.jpg?exp=1&sig=2" for place in range(len(sealed.media)))
        return Order(sealed, urls, lambda place: io.BytesIO(f"file {place}".encode()))

    def publish(self, answer: Answer) -> Any:
        return self.publisher.publish(self.order(), self.remote, door(answer, self.publisher.spec.platform))

    def find(self, answer: Answer, **changes: Any) -> Any:
        platform = self.publisher.spec.platform
        sealed = content(platform, **(self.changes | changes))
        return self.publisher.find(sealed, self.remote, NOW, door(answer, platform))

    def test_its_limits_name_their_source_and_the_day_they_were_checked(self) -> None:
        spec = self.publisher.spec
        assert spec.source and spec.checked_on.year >= 2026
        assert spec.text_max >= 0 and spec.ratio_min < spec.ratio_max and spec.media_min <= spec.media_max

    @pytest.mark.parametrize(
        ("answer", "error"),
        [
            (breaking(httpx.ConnectError), Unavailable),
            (breaking(httpx.ConnectTimeout), Unavailable),
            (breaking(httpx.ReadTimeout), OutcomeUnknown),
            (breaking(httpx.RemoteProtocolError), OutcomeUnknown),
            (breaking(httpx.WriteError), OutcomeUnknown),
            (answering(500, {}), OutcomeUnknown),
            (answering(502, "bad gateway"), OutcomeUnknown),
        ],
    )
    def test_the_final_call_without_a_clear_answer_is_unknown(self, answer: Answer, error: type[Exception]) -> None:
        with pytest.raises(error) as caught:
            self.publish(answer)
        assert type(caught.value) is error

    def test_each_refusal_of_the_final_call_is_one_of_our_errors(self) -> None:
        assert self.refusals
        for answer, error in self.refusals:
            with pytest.raises(error) as caught:
                self.publish(answer)
            assert type(caught.value) is error

    @pytest.mark.parametrize("answer", [breaking(httpx.ReadTimeout), answering(500, {}), answering(503, "later")])
    def test_a_look_that_fails_says_nothing_about_the_post(self, answer: Answer) -> None:
        with pytest.raises(Unavailable):
            self.find(answer)

    def test_the_token_travels_in_a_header_and_shows_up_nowhere(self, caplog: pytest.LogCaptureFixture) -> None:
        seen: list[httpx.Request] = []

        def answer(request: httpx.Request) -> httpx.Response:
            seen.append(request)
            return httpx.Response(400, json=self.quoting)

        with caplog.at_level(logging.DEBUG), pytest.raises(ProviderError) as caught:
            self.publish(answer)
        assert seen
        for request in seen:
            assert request.headers["authorization"] == f"Bearer {SECRET}"
            assert SECRET not in f"{request.url}{request.read()!r}{caught.value.sentence}{caplog.text}"
