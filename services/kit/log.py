"""The log of one process: text or JSON lines on standard error, without secrets, each with its trace."""

import json
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, TextIO

from services.kit import config, errors_told, meters, tracing
from services.kit.config import Settings
from services.kit.ids import short_id
from services.kit.redaction import hide_fields, redact

_NOISY = ("httpx", "httpcore", "procrastinate", "psycopg.pool", "apscheduler", "urllib3", "asyncio", "opentelemetry")
_about: ContextVar[tuple[tuple[str, str], ...]] = ContextVar("about", default=())
_make_record = logging.getLogRecordFactory()


def configure(service: str, settings: Settings) -> None:
    """Start log, traces and error reports of one process; nothing leaves it unless a setting says where to."""
    config.hand_over(settings)
    tracing.configure(service, settings)
    errors_told.configure(service, settings)
    write(settings.log_format, settings.log_level)


def write(form: str, level: str) -> None:
    """Everything that logs writes here, in one form: what other packages have set up for themselves is taken away."""
    root = logging.getLogger()
    logging.setLogRecordFactory(_clean_record)
    for name, logger in list(logging.Logger.manager.loggerDict.items()):
        if name.split(".")[0] in ("uvicorn", "streamlit") and isinstance(logger, logging.Logger):
            logger.handlers.clear()
            logger.propagate = True
    root.handlers = [one for one in root.handlers if not isinstance(one, _Output)]
    root.addHandler(_Output(_Json() if form == "json" else _Text()))
    root.setLevel(level.upper())
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.DEBUG if level == "debug" else logging.WARNING)
    for name in ("psycopg.pool", "apscheduler"):
        logging.getLogger(name).setLevel(logging.ERROR)


def stop() -> None:
    """Let what was told leave, for at most a few seconds; the last act of a process."""
    tracing.stop()
    errors_told.flush()


def catch_strays() -> None:
    """What would end a process or a thread with a bare traceback is reported like every defect."""

    def of_process(kind: type[BaseException], error: BaseException, _: Any) -> None:
        if issubclass(kind, Exception):
            report(error, where="process")

    def of_thread(given: threading.ExceptHookArgs) -> None:
        if isinstance(given.exc_value, Exception):
            report(given.exc_value, where="thread")

    sys.excepthook, threading.excepthook = of_process, of_thread


def report(error: BaseException, **where: Any) -> str:
    """Record a defect with its traceback; returns the id a person can quote."""
    error_id, places = short_id(), hide_fields(where)
    with about(error_id=error_id):
        logging.getLogger("loopdesk").error("defect %s %s", error_id, places, exc_info=error)
    meters.defects.inc()
    tracing.defect(error, error_id, places)
    errors_told.tell(error, error_id, {**dict(_about.get()), **places}, tracing.trace_id())
    return error_id


@contextmanager
def about(**what: Any) -> Iterator[None]:
    """Every line written inside this block names these, such as `org` and `job`; None is left out."""
    token = _about.set((*_about.get(), *((name, str(value)) for name, value in what.items() if value is not None)))
    try:
        yield
    finally:
        _about.reset(token)


def _clean_record(*given: Any, **named: Any) -> logging.LogRecord:
    """Where lines begin, so that whoever writes them gets them clean: the message, and the traceback's text."""
    record = _make_record(*given, **named)
    record.msg, record.args = redact(record.getMessage()), ()
    if record.exc_info and record.exc_info[1]:
        record.exc_text = redact(logging.Formatter().formatException(record.exc_info))
    if record.stack_info:
        record.stack_info = redact(record.stack_info)
    return record


class _Output(logging.StreamHandler[TextIO]):
    """Standard error as it is when a line is written."""

    def __init__(self, form: logging.Formatter) -> None:
        logging.Handler.__init__(self)
        self.setFormatter(form)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        return sys.stderr


class _Text(logging.Formatter):
    """`12:03:44 WARNING loopdesk.clockwork: the message [trace=… org=… job=…]`"""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%H:%M:%S")

    def formatMessage(self, record: logging.LogRecord) -> str:
        about = " ".join(f"{name}={value}" for name, value in _context().items())
        return super().formatMessage(record) + (f" [{about}]" if about else "")


class _Json(logging.Formatter):
    """One object a line: time (ISO 8601, UTC), level, logger, message; where known trace, org, job, error_id, error."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_context(),
        }
        if record.exc_text:
            line["error"] = record.exc_text
        return json.dumps(line, ensure_ascii=False)


def _context() -> dict[str, str]:
    trace = tracing.trace_id()
    return {**({"trace": trace} if trace else {}), **dict(_about.get())}
