"""What a trace tells of transactions and of calls beyond the platforms: that they were, how many, how long. No word."""

from email.message import EmailMessage

import httpx
import psycopg
import pytest
from pydantic import SecretStr

from services.kit import downloads, meters, outside, tracing
from services.kit.errors import Rejected, Unavailable
from services.kit.mail import Smtp
from tests.makers.cast import Cast
from tests.makers.seen import seeing
from tests.makers.world import World
from tests.stand_ins.mail_server import mail_server

PUBLIC = "93.184.215.14"
READ = "select name from app.brands where name <> %(name)s"


def _read(world: World, cast: Cast) -> None:
    with world.web.tx(cast.ana) as tx:
        tx.tuples(READ, {"name": "a-value-of-somebody"})
        tx.value("select count(*) from app.brands", {})


def test_a_transaction_is_one_span_with_its_count_of_statements(world: World, cast: Cast) -> None:
    with seeing() as found, tracing.span("act"):
        _read(world, cast)
    act, sql = found.named("act"), found.named("sql")
    assert sql.parent is not None and sql.parent.span_id == act.context.span_id
    assert (sql.attributes["statements"], sql.attributes["reach"]) == (2, "organisation")
    assert sql.attributes["waited_ms"] >= 0 and sql.end_time > sql.start_time
    assert "a-value-of-somebody" not in found.text() and "app.brands" not in found.text()


def test_what_a_transaction_sets_off_belongs_to_who_opened_it(world: World, cast: Cast) -> None:
    with seeing(), tracing.span("act"):
        above = tracing.traceparent()
        with world.web.tx(cast.ana):
            assert tracing.traceparent() == above


def test_one_that_fails_tells_the_class_of_its_error_and_none_of_its_words(world: World, cast: Cast) -> None:
    with seeing() as found:
        with pytest.raises(psycopg.Error), tracing.span("outer"), world.web.tx(cast.ana) as tx:
            tx.value("select %(text)s::int", {"text": "a-value-of-somebody"})
    sql = found.named("sql")
    assert (sql.status.description, sql.events) == ("InvalidTextRepresentation", ())
    assert "a-value-of-somebody" not in sql.to_json()


def test_a_mail_server_that_is_not_there_is_told_as_such() -> None:
    before = _letters("unreachable")
    with pytest.raises(Unavailable):
        Smtp(SecretStr("smtp://127.0.0.1:1"), "desk@acme.example", 1.0).send(EmailMessage(), "ana@example.com")
    assert _letters("unreachable") == before + 1


def test_a_transaction_outside_of_any_trace_begins_none(world: World, cast: Cast) -> None:
    with seeing() as found:
        _read(world, cast)
        with world.worker.admin_tx() as tx:
            tx.value("select 1", {})
    assert found.spans == []


def test_where_nothing_exports_a_transaction_is_no_span(world: World, cast: Cast) -> None:
    with tracing.span("act"), tracing.below("sql") as silent:
        _read(world, cast)
        assert not silent.is_recording()


def _http(status: int, **more: object) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(status, **more)))  # type: ignore[arg-type]


def _look_up(host: str) -> list[str]:
    return [PUBLIC]


def test_every_call_to_an_address_of_people_is_a_span_that_names_its_host_only(tmp_path: object) -> None:
    into = (tmp_path / "file").open("wb")  # type: ignore[operator]
    with seeing() as found, tracing.span("job"), into:
        outside.post_outside(_http(204), "https://hooks.example/T0/secret", _look_up, json={})
        outside.fetch_page(_http(200, text="x"), "https://page.example/?token=secret", _look_up)
        downloads.fetch_file(_http(200, content=b"x"), "https://file.example/secret", _look_up, into, most_bytes=9)
    told = {span.name: span.attributes for span in found.spans}
    assert {"POST hooks.example", "GET page.example", "GET file.example"} < set(told)
    assert told["POST hooks.example"]["outcome"] == told["GET file.example"]["outcome"] == "ok"
    assert "secret" not in found.text()


def _letters(outcome: str) -> float:
    labels = {"platform": "mail", "outcome": outcome}
    return meters.registry.get_sample_value("loopdesk_provider_call_seconds_count", labels) or 0.0


@pytest.mark.parametrize(
    ("answer", "outcome", "error"),
    [("", "unclear", Exception), ("554 no", "refused", Rejected), ("451 later", "limited", Unavailable)],
)
def test_a_letter_is_a_span_and_a_figure_by_what_became_of_it(
    answer: str, outcome: str, error: type[Exception]
) -> None:
    letter, good, bad = EmailMessage(), _letters("ok"), _letters(outcome)
    letter.set_content("Words that stay here.")
    with mail_server() as server, seeing() as found, tracing.span("job"):
        door = Smtp(SecretStr(server.url), "desk@acme.example", 5.0)
        door.send(letter, "ana@example.com")
        server.answers.append(answer)
        with pytest.raises(error):
            door.send(letter, "ana@example.com")
    spans = [span for span in found.spans if span.name.startswith("SMTP ")]
    assert [span.attributes["outcome"] for span in spans] == ["ok", outcome]
    assert (_letters("ok"), _letters(outcome)) == (good + 1, bad + 1)
    assert "ana@example" not in found.text() and "Words that" not in found.text()
