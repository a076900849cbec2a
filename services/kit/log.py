"""Traces and the log: logfire, silent without a token, never with a secret."""

import logging
from typing import Any

import logfire

from services.kit.ids import short_id


def configure(service: str, environment: str) -> None:
    """Start tracing for one process; nothing leaves it unless LOGFIRE_TOKEN or an OTLP address is set."""
    logfire.configure(
        service_name=service,
        environment=environment,
        send_to_logfire="if-token-present",
        console=False,
        scrubbing=logfire.ScrubbingOptions(
            extra_patterns=["access_token", "refresh_?token", "client_secret", "sb_secret", "setup"]
        ),
    )
    logging.getLogger("httpx").setLevel(logging.WARNING)


def report(error: BaseException, **where: Any) -> str:
    """Record a defect with its traceback; returns the id a person can quote."""
    error_id = short_id()
    logging.getLogger("loopdesk").error("defect %s %s", error_id, where, exc_info=error)
    logfire.error("defect {error_id}", error_id=error_id, **where, _exc_info=error)
    return error_id


def span(name: str, **attributes: Any) -> Any:
    return logfire.span(name, **attributes)
