"""Defects, told to a service that speaks Sentry's protocol (Sentry, GlitchTip, Bugsink): ours, and nothing else."""

from typing import Any

import sentry_sdk
from sentry_sdk.types import Event, Hint

from services.kit.config import Settings
from services.kit.redaction import clean

_tells = False


def configure(service: str, settings: Settings) -> None:
    """Start telling where SENTRY_DSN is set; without one, stop. What is personal stays here: that is the default."""
    global _tells
    dsn = settings.sentry_dsn.get_secret_value()
    if not dsn and not _tells:
        return
    sentry_sdk.init(
        dsn=dsn or None,
        environment=settings.environment,
        server_name=service,
        include_local_variables=False,  # they hold tokens
        include_source_context=False,
        max_request_body_size="never",
        default_integrations=False,
        auto_enabling_integrations=False,
        max_breadcrumbs=0,
        send_client_reports=False,
        auto_session_tracking=False,
        before_send=_cleaned,
    )
    _tells = bool(dsn)


def tell(error: BaseException, error_id: str, about: dict[str, Any], trace: str | None) -> None:
    """Tell of one defect; `error_id` and what it was about become tags."""
    if not _tells:
        return
    with sentry_sdk.new_scope() as scope:
        scope.set_tag("error_id", error_id)
        for name, value in {**about, "trace": trace}.items():
            if value is not None:
                scope.set_tag(name, str(value))
        scope.capture_exception(error)


def flush(seconds: float = 2.0) -> None:
    """Wait until what was told has left, at most so long."""
    if _tells:
        sentry_sdk.flush(seconds)


def _cleaned(event: Event, _: Hint) -> Event | None:
    kept: Event = clean(event)
    return kept
