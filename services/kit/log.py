"""Traces and the log: logfire, silent without a token, never with a secret."""

import logging
from typing import Any

from services.kit import config, tracing
from services.kit.config import Settings
from services.kit.ids import short_id


def configure(service: str, settings: Settings) -> None:
    """Start the log and the traces of one process; nothing leaves it unless a setting says where to."""
    config.hand_over(settings)
    tracing.configure(service, settings)
    logging.getLogger("httpx").setLevel(logging.WARNING)


def report(error: BaseException, **where: Any) -> str:
    """Record a defect with its traceback; returns the id a person can quote."""
    error_id = short_id()
    logging.getLogger("loopdesk").error("defect %s %s", error_id, where, exc_info=error)
    tracing.defect(error, error_id, where)
    return error_id
