"""Takes secrets out of finished spans, whoever made them, before any exporter sees them."""

from collections.abc import Mapping
from typing import Any

from opentelemetry.sdk.trace import Event, ReadableSpan, SpanProcessor
from opentelemetry.trace import Status

from services.kit.redaction import HIDDEN, names_secret, redact


class CleanSpans(SpanProcessor):
    """
    Goes first in the line of processors: all that follow get the same finished span.

    logfire's own scrubbing leaves out addresses, statements and the messages of exceptions.
    """

    def on_end(self, span: ReadableSpan) -> None:
        span._name = redact(span.name)
        span._attributes = _cleaned(span.attributes)
        span._events = [Event(redact(one.name), _cleaned(one.attributes), one.timestamp) for one in span.events]
        if span.status.description:
            span._status = Status(span.status.status_code, redact(span.status.description))


def _cleaned(attributes: Mapping[str, Any] | None) -> dict[str, Any]:
    return {name: _value(value, names_secret(name)) for name, value in (attributes or {}).items()}


def _value(value: Any, is_secret: bool) -> Any:
    if isinstance(value, str):
        return HIDDEN if is_secret else redact(value)
    return tuple(_value(one, is_secret) for one in value) if isinstance(value, tuple | list) else value
