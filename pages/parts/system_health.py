"""What the installation says about itself to whoever watches it: readiness, and where its figures and traces go."""

from collections.abc import Sequence

from pages.parts.look import card, card_head
from pages.parts.markup import chip, esc, html, icon
from services import jobs
from services.kit.config import Settings


def health_card(checks: Sequence[jobs.Check], settings: Settings) -> None:
    """The checks of /readyz in their own words, and what is switched on to see inside."""
    wrong = sum(not check.is_ok for check in checks)
    with card("system-health", gap="small"):
        card_head(
            "Health",
            "asked by /readyz; /healthz says that the process lives",
            right_html=chip("ready" if not wrong else "not ready", "red" if wrong else "green"),
        )
        html("".join(_line(check) for check in checks))
        html("".join(_fact(name, value) for name, value in _outlets(settings).items()))


def _line(check: jobs.Check) -> str:
    symbol = icon("check_circle", "green") if check.is_ok else icon("error", "red")
    return f'<div class="row">{symbol}<span>{esc(check.said)}</span></div>'


def _fact(name: str, value: str) -> str:
    return f'<div class="row"><span class="mut">{esc(name)}</span><span class="sp num cut">{esc(value)}</span></div>'


def _outlets(settings: Settings) -> dict[str, str]:
    port = settings.metrics_port
    traces = [
        *(["logfire"] if settings.logfire_token.get_secret_value() else []),
        *(["OTLP"] if settings.otel_exporter_otlp_endpoint else []),
    ]
    return {
        "Log": f"{settings.log_format}, {settings.log_level} and worse",
        "Traces": " and ".join(traces) or "off",
        "Figures": f"{settings.metrics_host}:{port}, worker :{port + 1}" if port else "off",
        "Error reports": "on" if settings.sentry_dsn.get_secret_value() else "off",
    }
