"""
One trace from a person's click to the call at a platform (W3C Trace Context, version 00).

Where nothing exports, a span is an id in a context variable and costs microseconds, so that runs and log lines have
their trace all the same.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import logfire
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.trace import SpanProcessor
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import (
    INVALID_SPAN,
    NonRecordingSpan,
    Span,
    SpanContext,
    SpanKind,
    StatusCode,
    TraceFlags,
    use_span,
)

from services.kit.cleaning import CleanSpans
from services.kit.config import Settings
from services.kit.errors import UserError
from services.kit.redaction import redact

Value = str | int | float | bool
KINDS = {"inside": SpanKind.INTERNAL, "call": SpanKind.CLIENT, "job": SpanKind.CONSUMER, "request": SpanKind.SERVER}

_PARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")
_ids = RandomIdGenerator()
_tracer = trace.get_tracer("loopdesk")
_exports = False


def configure(service: str, settings: Settings, processors: Sequence[SpanProcessor] = ()) -> None:
    """
    Start tracing for one process. Nothing leaves it unless a logfire token or an OTLP address is set.

    :param processors: further receivers of spans, which get them cleaned of secrets like everybody
    """
    global _exports, _tracer
    token = settings.logfire_token.get_secret_value()
    _exports = bool(token or settings.otel_exporter_otlp_endpoint or processors)
    logfire.configure(
        service_name=service,
        environment=settings.environment,
        token=token or None,
        send_to_logfire=bool(token),
        console=False,
        metrics=False,
        inspect_arguments=False,
        scrubbing=logfire.ScrubbingOptions(extra_patterns=["refresh_?token", "access_token", "sb_secret", "setup"]),
        sampling=logfire.SamplingOptions(head=settings.trace_ratio),
        additional_span_processors=[CleanSpans(), *processors],
    )
    _tracer = trace.get_tracer("loopdesk")


def stop() -> None:
    """Send what waits, and trace no further."""
    global _exports
    if _exports:
        logfire.force_flush(3_000)
    _exports = False


@contextmanager
def span(name: str, kind: str = "inside", **attributes: Value | None) -> Iterator[Span]:
    """
    What happens inside this block, as one span below the one that is open, else as the first of a new trace.

    `kind` is one of `KINDS`. Attributes that are None are left out. An error that leaves the block is noted.
    """
    with _opened(name, None, kind, attributes) as opened:
        yield opened


@contextmanager
def below(name: str, kind: str = "inside", **attributes: Value | None) -> Iterator[Span]:
    """
    A span without any below it, and only below one that is sent: it begins no trace, and costs nothing elsewhere.

    What is begun inside, such as a job, belongs to the span around. Of an error its class alone is noted: the
    database's own words quote values.
    """
    if not _exports or not trace.get_current_span().is_recording():
        yield INVALID_SPAN
        return
    recorded = _tracer.start_span(name, None, KINDS[kind], _clean(attributes))
    try:
        yield recorded
    except UserError:
        raise  # an answer to a person, no fault
    except Exception as error:
        recorded.set_status(StatusCode.ERROR, type(error).__name__)
        raise
    finally:
        recorded.end()


@contextmanager
def continued(parent: str | None, name: str, kind: str = "job", **attributes: Value | None) -> Iterator[Span]:
    """As `span`, below one of another process: `parent` is its `traceparent()`; without one a new trace begins."""
    with _opened(name, Context() if (above := _read(parent)) is None else above, kind, attributes) as opened:
        yield opened


def traceparent() -> str | None:
    """What another process needs to continue this trace; None outside any span."""
    here = trace.get_current_span().get_span_context()
    if not here.is_valid:
        return None
    return f"00-{here.trace_id:032x}-{here.span_id:016x}-{int(here.trace_flags):02x}"


def trace_id() -> str | None:
    """32 hexadecimal digits; None outside any span."""
    here = trace.get_current_span().get_span_context()
    return f"{here.trace_id:032x}" if here.is_valid else None


def note(**attributes: Value | None) -> None:
    """Add to the span that is open."""
    here = trace.get_current_span()
    if here.is_recording():
        here.set_attributes(_clean(attributes))


def defect(error: BaseException, error_id: str, where: Mapping[str, Any]) -> None:
    """Tell whoever receives spans about an error that is ours, with its traceback."""
    if _exports:
        logfire.error("defect {error_id}", error_id=error_id, **where, _exc_info=error)


@contextmanager
def _opened(name: str, above: Context | None, kind: str, attributes: dict[str, Value | None]) -> Iterator[Span]:
    if not _exports:
        with use_span(_id_only(above), record_exception=False, set_status_on_exception=False) as silent:
            yield silent
        return
    with _tracer.start_as_current_span(
        name, above, KINDS[kind], _clean(attributes), record_exception=False, set_status_on_exception=False
    ) as recorded:
        try:
            yield recorded
        except UserError:
            raise  # an answer to a person, no fault
        except Exception as error:
            recorded.record_exception(error)
            recorded.set_status(StatusCode.ERROR, type(error).__name__)
            raise


def _id_only(above: Context | None) -> Span:
    parent = trace.get_current_span(above).get_span_context()
    number = parent.trace_id if parent.is_valid else _ids.generate_trace_id()
    flags = parent.trace_flags if parent.is_valid else TraceFlags(TraceFlags.SAMPLED)
    return NonRecordingSpan(SpanContext(number, _ids.generate_span_id(), is_remote=False, trace_flags=flags))


def _read(parent: str | None) -> Context | None:
    found = _PARENT.fullmatch(parent or "")
    if found is None:
        return None
    above = SpanContext(int(found[1], 16), int(found[2], 16), is_remote=True, trace_flags=TraceFlags(int(found[3], 16)))
    return trace.set_span_in_context(NonRecordingSpan(above), Context()) if above.is_valid else None


def _clean(attributes: dict[str, Value | None]) -> dict[str, Value]:
    """Started spans are shown before they end, and so before `CleanSpans` sees them."""
    return {
        name: redact(value) if isinstance(value, str) else value
        for name, value in attributes.items()
        if value is not None
    }
