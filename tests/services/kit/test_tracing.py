"""One trace over processes; cheap where nobody looks; never a secret."""

import time
from collections.abc import Iterator

import pytest

from services.kit import tracing
from services.kit.errors import Invalid
from tests.makers.seen import Seen, seeing


@pytest.fixture
def seen() -> Iterator[Seen]:
    with seeing() as found:
        yield found


def test_outside_of_any_span_there_is_no_trace() -> None:
    assert (tracing.traceparent(), tracing.trace_id()) == (None, None)


def test_where_nothing_exports_a_trace_has_its_id_all_the_same() -> None:
    with tracing.span("outer") as outer:
        above = tracing.traceparent()
        with tracing.span("inner"):
            assert tracing.trace_id() in (above or "")
            assert tracing.traceparent() != above
        assert not outer.is_recording()
    with tracing.continued(above, "job"):
        assert tracing.trace_id() in (above or "")


def test_another_process_goes_on_below_the_span_that_caused_it(seen: Seen) -> None:
    with tracing.span("click", screen="approvals"):
        parent = tracing.traceparent()
    with tracing.continued(parent, "job posts.step", job=7, nothing=None):
        tracing.note(state="done")
    click, job = seen.named("click"), seen.named("job posts.step")
    assert job.context.trace_id == click.context.trace_id
    assert job.parent is not None and job.parent.span_id == click.context.span_id
    assert (job.attributes["job"], job.attributes["state"]) == (7, "done")
    assert "nothing" not in job.attributes


@pytest.mark.parametrize("parent", [None, "", "00-xyz", f"00-{'0' * 32}-{'0' * 16}-01", f"01-{'a' * 32}-{'b' * 16}-01"])
def test_what_is_no_trace_begins_a_new_one_even_inside_another(seen: Seen, parent: str | None) -> None:
    with tracing.span("around"):
        outer = tracing.trace_id()
        with tracing.continued(parent, "job"):
            assert tracing.trace_id() not in (None, outer)
    assert seen.named("job").parent is None


def test_a_defect_marks_its_span_and_a_refusal_does_not(seen: Seen) -> None:
    with pytest.raises(ZeroDivisionError), tracing.span("broken"):
        _ = 1 / 0
    with pytest.raises(Invalid), tracing.span("refused"):
        raise Invalid("No.")
    assert not seen.named("broken").status.is_ok
    assert [event.name for event in seen.named("broken").events] == ["exception"]
    assert seen.named("refused").events == ()


def test_a_span_that_nobody_receives_costs_next_to_nothing() -> None:
    began = time.process_time()
    for _ in range(2_000):
        with tracing.span("act", said="Approved"):
            tracing.traceparent()
    assert (time.process_time() - began) / 2_000 < 0.0005  # measured: 6 µs
