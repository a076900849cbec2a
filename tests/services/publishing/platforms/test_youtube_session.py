"""YouTube's upload session, byte by byte: what is sent, what is sent again, and what is never sent twice."""

import io
import re
from dataclasses import dataclass, field, replace

import httpx
import pytest

from services.kit.errors import OutcomeUnknown, ProviderError, Rejected, Unavailable
from services.publishing.platforms.youtube.video import Video
from services.publishing.publisher import Order, Remote
from tests.services.publishing.platforms.contract import content
from tests.services.publishing.platforms.test_youtube import SESSION, WORDS, open_at, video

MIB = 1024 * 1024
GRAIN = 256 * 1024
FILE = bytes(range(256)) * (20 * 4 * 1024) + b"the end"  # 20 MiB and a little
SENT_AHEAD = 16 * MIB


@dataclass
class Session:
    """A session as YouTube keeps one. `breaks` are faults by the number of the call with bytes, from 1."""

    keeps: int = len(FILE)
    breaks: dict[int, httpx.Response | type[httpx.TransportError]] = field(default_factory=dict)
    held: bytes = b""
    spans: list[str] = field(default_factory=list)
    starts: int = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            self.starts += 1
            return httpx.Response(200, headers={"location": SESSION})
        span = request.headers["content-range"]
        if not span.startswith("bytes */"):
            self.spans.append(span)
            found = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", span)
            assert found
            begin, end, size = (int(one) for one in found.groups())
            assert end - begin + 1 == len(request.content) and size == len(FILE)
            if begin != len(self.held):
                return httpx.Response(400, text="Invalid request.")
            assert len(request.content) % GRAIN == 0 or end + 1 == size
            fault = self.breaks.get(len(self.spans))
            if isinstance(fault, httpx.Response):
                return fault
            self.held += request.content[: self.keeps]
            if fault is not None:
                raise fault("broken", request=request)
        if len(self.held) == len(FILE):
            return httpx.Response(200, json=video("processed"))
        return httpx.Response(308, headers={"range": f"bytes=0-{len(self.held) - 1}"} if self.held else {})


def order() -> Order:
    return Order(content("youtube", **WORDS), ("https://files.example/k",), lambda place: io.BytesIO(FILE))


def prepare(session: Session) -> Remote:
    return Video().prepare(order(), open_at(session))


def publish(session: Session, remote: Remote) -> str:
    return Video().publish(order(), remote, open_at(session)).remote_id


def test_all_but_the_last_chunk_is_sent_ahead_and_the_last_one_publishes() -> None:
    session = Session()
    remote = prepare(session)
    assert (session.held, remote["size"]) == (FILE[:SENT_AHEAD], str(len(FILE)))
    assert publish(session, remote) == "v1"
    assert session.held == FILE
    assert session.spans[-1] == f"bytes {SENT_AHEAD}-{len(FILE) - 1}/{len(FILE)}"


def test_a_session_that_keeps_less_than_it_was_sent_goes_on_where_it_stands() -> None:
    session = Session(keeps=3 * GRAIN)
    remote = prepare(session)
    assert session.held == FILE[:SENT_AHEAD]
    assert publish(session, remote) == "v1"
    assert session.held == FILE


@pytest.mark.parametrize("fault", [httpx.ReadTimeout, httpx.WriteError, httpx.Response(503)])
def test_a_chunk_that_fails_is_asked_for_and_sent_on(fault: httpx.Response | type[httpx.TransportError]) -> None:
    session = Session(breaks={2: fault})
    prepare(session)
    assert (session.held, session.starts) == (FILE[:SENT_AHEAD], 1)


def test_a_session_that_takes_nothing_more_is_given_up_and_nothing_has_happened() -> None:
    with pytest.raises(Unavailable):
        prepare(Session(keeps=0))
    with pytest.raises(Unavailable):
        prepare(Session(breaks=dict.fromkeys(range(1, 20), httpx.Response(503))))


def test_after_a_lost_answer_exactly_the_missing_bytes_are_sent_in_the_same_session() -> None:
    session = Session()
    remote = prepare(session)
    session.keeps, session.breaks = GRAIN, {len(session.spans) + 1: httpx.ReadTimeout}
    with pytest.raises(OutcomeUnknown):
        publish(session, remote)
    sealed = order().content
    sighting = Video().find(sealed, remote, open_at(session).now, open_at(session))
    assert (sighting.is_absent, sighting.remote) == (True, remote | {"sent": str(SENT_AHEAD + GRAIN)})
    session.keeps, session.spans, session.breaks = len(FILE), [], {}
    assert publish(session, dict(sighting.remote)) == "v1"
    assert session.spans == [f"bytes {SENT_AHEAD + GRAIN}-{len(FILE) - 1}/{len(FILE)}"]
    assert (session.held, session.starts) == (FILE, 1)


def test_a_session_that_lost_everything_is_filled_again_before_its_last_byte() -> None:
    session = Session()
    remote = prepare(session)
    session.held, session.spans = b"", []
    assert publish(session, remote) == "v1"
    begins = [span.split("-")[0] for span in session.spans]
    assert begins == [f"bytes {SENT_AHEAD}", "bytes 0", f"bytes {SENT_AHEAD // 2}", f"bytes {SENT_AHEAD}"]
    assert session.held == FILE


def test_what_the_final_call_sends_on_the_way_is_kept_for_a_step_that_dies_there() -> None:
    session, kept = Session(), []
    remote = prepare(session) | {"sent": "0"}
    session.held, session.spans, session.breaks = b"", [], {2: httpx.ReadTimeout}
    Video().publish(order(), remote, open_at(session, keep=kept.append))
    assert kept == [{"sent": str(SENT_AHEAD // 2)}, {"sent": str(SENT_AHEAD)}] and session.held == FILE


def test_a_finished_session_takes_no_bytes_and_gives_its_video() -> None:
    session = Session()
    remote = prepare(session)
    assert publish(session, remote) == publish(session, remote) == "v1"
    assert (session.held, session.starts) == (FILE, 1)


def test_a_session_that_goes_to_and_fro_is_given_up() -> None:
    told = iter(["bytes=0-262143", "", "bytes=0-262143", ""] * 9)

    def answer(request: httpx.Request) -> httpx.Response:
        span = next(told)
        return httpx.Response(308, headers={"range": span} if span else {})

    with pytest.raises(Unavailable):
        Video().publish(order(), {"session": SESSION, "size": str(len(FILE)), "sent": "0"}, open_at(answer))


@pytest.mark.parametrize(
    "place",
    [
        "",
        "https://evil.example/upload",
        "http://www.googleapis.com/upload",
        "https://www.googleapis.com@evil.example/",
        "https://googleapis.com.evil.example/",
        "https://[",
    ],
)
def test_a_session_at_a_strange_address_gets_neither_bytes_nor_the_token(place: str) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, headers={"location": place})

    with pytest.raises(Unavailable):
        Video().prepare(order(), open_at(answer))
    assert len(asked) == 1


def test_a_session_at_another_host_of_googles_is_theirs() -> None:
    session = Session()
    elsewhere = SESSION.replace("www.", "youtube.")

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"location": elsewhere}) if request.method == "POST" else session(request)

    assert Video().prepare(order(), open_at(answer))["session"] == elsewhere


@pytest.mark.parametrize("told", ["bytes=0-99999999999", "bytes=5-9", "bytes=0-", "many", ""])
def test_a_range_that_makes_no_sense_stops_the_upload_without_a_guess(told: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            return httpx.Response(200, headers={"location": SESSION})
        return httpx.Response(308, headers={"range": told})

    with pytest.raises(Unavailable):
        Video().prepare(order(), open_at(answer))


def test_a_stored_file_that_ends_early_is_noticed_before_the_last_byte() -> None:
    class Short(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(size)[:-1]

    session = Session()
    torn = replace(order(), open_media=lambda place: Short(FILE))
    with pytest.raises(ProviderError):
        Video().prepare(torn, open_at(session))
    assert session.spans == []


def test_words_that_youtube_refuses_are_refused_before_any_byte() -> None:
    body = {"error": {"code": 400, "message": "x", "errors": [{"reason": "invalidTitle"}]}}
    with pytest.raises(Rejected, match="1 to 100 characters"):
        Video().prepare(order(), open_at(lambda request: httpx.Response(400, json=body)))
