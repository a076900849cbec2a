"""What an exporter of traces would get."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from services.kit import tracing
from services.kit.config import Settings


@dataclass(frozen=True)
class Seen:
    exporter: InMemorySpanExporter

    @property
    def spans(self) -> list[ReadableSpan]:
        return list(self.exporter.get_finished_spans())

    def named(self, name: str) -> ReadableSpan:
        """The only span of this name."""
        (found,) = [span for span in self.spans if span.name == name]
        return found

    def text(self) -> str:
        """All that left, as text."""
        return "\n".join(span.to_json() for span in self.spans)


@contextmanager
def seeing(settings: Settings | None = None) -> Iterator[Seen]:
    """Every span that ends inside this block is exported into memory."""
    exporter = InMemorySpanExporter()
    tracing.configure("tests", settings or Settings(_env_file=None), [SimpleSpanProcessor(exporter)])
    try:
        yield Seen(exporter)
    finally:
        tracing.stop()
