"""Every setting, read once. Nothing else reads the environment."""

import base64
import os
from functools import cached_property
from pathlib import Path
from typing import Literal

import psycopg
from psycopg.conninfo import conninfo_to_dict
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.kit import mail_settings
from services.kit.errors import AppError

ROOT = Path(__file__).resolve().parents[2]


class SettingsMissing(AppError):
    """Settings are missing or wrong."""


class Settings(BaseSettings):
    """
    Read from the environment and `.env`; `.env.example` explains each name.

    Without any of them Loopdesk runs embedded: own Postgres, own sign-in, own files under `loopdesk_data`. With
    the three addresses of a database and nothing of Supabase, that database is used, the rest stays.
    """

    model_config = SettingsConfigDict(env_file=ROOT / ".env", extra="ignore", frozen=True, hide_input_in_errors=True)

    loopdesk_data: Path = ROOT / ".loopdesk"
    public_url: str = "http://127.0.0.1:8501"
    media_public_url: str = ""
    practice_url: str = ""
    practice_admin_token: SecretStr = SecretStr("")

    database_url: SecretStr = SecretStr("")
    web_database_url: SecretStr = SecretStr("")
    worker_database_url: SecretStr = SecretStr("")

    supabase_url: str = ""
    supabase_publishable_key: SecretStr = SecretStr("")
    supabase_secret_key: SecretStr = SecretStr("")
    supabase_bucket: str = "media"
    google_sign_in: bool = False

    app_secret_keys: SecretStr = SecretStr("")

    instagram_client_id: str = "practice"
    instagram_client_secret: SecretStr = SecretStr("practice")
    facebook_client_id: str = "practice"
    facebook_client_secret: SecretStr = SecretStr("practice")
    linkedin_client_id: str = "practice"
    linkedin_client_secret: SecretStr = SecretStr("practice")
    pinterest_client_id: str = "practice"
    pinterest_client_secret: SecretStr = SecretStr("practice")
    tiktok_client_id: str = "practice"
    tiktok_client_secret: SecretStr = SecretStr("practice")
    x_client_id: str = "practice"
    x_client_secret: SecretStr = SecretStr("practice")
    youtube_client_id: str = "practice"
    youtube_client_secret: SecretStr = SecretStr("practice")

    smtp_url: SecretStr = SecretStr("")
    mail_from: str = ""

    watched_folder: str = ""
    backup_folder: str = ""

    worker_concurrency: int = Field(default=8, ge=1, le=64)
    worker_heartbeat_seconds: float = Field(default=3.0, gt=0, le=60)
    worker_stalled_seconds: float = Field(default=15.0, gt=0, le=600)
    publishing_pace: float = Field(default=1.0, gt=0, le=10)
    provider_timeout_seconds: float = Field(default=20.0, gt=0, le=120)
    upload_limit_mb: int = Field(default=200, ge=1, le=4096)
    loopdesk_failpoint: str = ""
    environment: str = "local"

    log_format: Literal["text", "json"] = "text"
    log_level: Literal["debug", "info", "warning", "error"] = "warning"
    logfire_token: SecretStr = SecretStr("")
    otel_exporter_otlp_endpoint: str = ""
    otel_exporter_otlp_headers: SecretStr = SecretStr("")
    trace_ratio: float = Field(default=1.0, ge=0, le=1)
    metrics_port: int = Field(default=0, ge=0, le=65_534)
    metrics_host: str = "127.0.0.1"
    sentry_dsn: SecretStr = SecretStr("")

    @field_validator("public_url", "media_public_url", "practice_url", "supabase_url")
    @classmethod
    def _no_trailing_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @property
    def is_hosted(self) -> bool:
        """Supabase holds database, identity and files."""
        keys = (self.supabase_publishable_key, self.supabase_secret_key)
        return bool(self.supabase_url or any(key.get_secret_value() for key in keys))

    @property
    def is_embedded(self) -> bool:
        """The database is ours to start and stop; otherwise a server is there, of Supabase or of one's own."""
        return not self.is_hosted and not self.database_url.get_secret_value()

    @property
    def mode(self) -> Literal["embedded", "own server", "hosted"]:
        """On a server of one's own only the database is elsewhere; people and files are kept as embedded."""
        if self.is_hosted:
            return "hosted"
        return "embedded" if self.is_embedded else "own server"

    @property
    def media_url(self) -> str:
        """Where platforms fetch files that they pull: the media host of our own, else wherever the files are."""
        return self.media_public_url or (self.supabase_url if self.is_hosted else self.public_url)

    @cached_property
    def sealing_keys(self) -> dict[str, bytes]:
        """`k2:<base64>,k1:<base64>`: the first seals, all open. Empty where none are set."""
        return parse_keys(self.app_secret_keys.get_secret_value())


def parse_keys(text: str) -> dict[str, bytes]:
    """:raises ValueError: an entry is not `name:<base64 of 32 bytes>`"""
    keys: dict[str, bytes] = {}
    for part in filter(None, text.split(",")):
        name, _, body = part.partition(":")
        raw = base64.b64decode(body, validate=True)
        if not name or "." in name or len(raw) != 32:
            raise ValueError("expected name:<base64 of 32 bytes>")
        keys[name] = raw
    return keys


_HOSTED = [
    "database_url",
    "web_database_url",
    "worker_database_url",
    "supabase_url",
    "supabase_publishable_key",
    "supabase_secret_key",
    "app_secret_keys",
    "public_url",
]
_OWN_SERVER = ["database_url", "web_database_url", "worker_database_url", "public_url"]
_LOGINS = {"web_database_url": "app_web", "worker_database_url": "app_worker"}


def load_settings() -> Settings:
    """
    Read the settings once.

    :raises SettingsMissing: naming every missing or wrong setting at once
    """
    try:
        settings = Settings()
    except ValidationError as error:
        wrong = [f"{str(e['loc'][0]).upper()} ({e['msg']})" for e in error.errors()]
        raise SettingsMissing("Wrong settings: " + ", ".join(wrong)) from error
    problems = misconfigured(settings)
    if problems:
        raise SettingsMissing("Settings: " + "; ".join(problems) + ". Each is explained in .env.example.")
    return settings


def misconfigured(settings: Settings) -> list[str]:
    """Every problem as `NAME is missing` or `NAME: what is wrong`; empty when all is well."""
    problems = []
    if not settings.is_embedded:
        wanted = _HOSTED if settings.is_hosted else _OWN_SERVER
        missing = [n for n in wanted if not _is_set(settings, n) or (n == "public_url" and n not in _given(settings))]
        problems += [f"{name.upper()} is missing" for name in missing]
        problems += [
            f"{name.upper()}: expected the user {role} with a password"
            for name, role in _LOGINS.items()
            if name not in missing and not _is_login(getattr(settings, name).get_secret_value(), role)
        ]
    if settings.media_public_url and not settings.media_public_url.startswith("https://"):
        problems.append("MEDIA_PUBLIC_URL: expected an address that begins with https://")
    problems += filter(None, [mail_settings.problem(settings.smtp_url.get_secret_value(), settings.mail_from)])
    try:
        parse_keys(settings.app_secret_keys.get_secret_value())
    except ValueError as error:
        problems.append(f"APP_SECRET_KEYS: {error}")
    return problems


def _is_login(address: str, role: str) -> bool:
    """Whether this address names the role, or `<role>.<project>` as a pooler wants it, and a password."""
    try:
        parts = conninfo_to_dict(address)
    except psycopg.ProgrammingError:
        return False
    return str(parts.get("user", "")).partition(".")[0] == role and bool(parts.get("password"))


def _given(settings: Settings) -> set[str]:
    return settings.model_fields_set


def _is_set(settings: Settings, name: str) -> bool:
    value = getattr(settings, name)
    return bool(value.get_secret_value() if isinstance(value, SecretStr) else value)


def hand_over(settings: Settings) -> None:
    """Tell the exporter of traces, which reads the environment only, what stands in `.env`."""
    given = {
        "OTEL_EXPORTER_OTLP_ENDPOINT": settings.otel_exporter_otlp_endpoint,
        "OTEL_EXPORTER_OTLP_HEADERS": settings.otel_exporter_otlp_headers.get_secret_value(),
    }
    for name, value in given.items():
        if value:
            os.environ.setdefault(name, value)


def child_environment(**changes: str) -> dict[str, str]:
    """This process's environment with changes, for the processes the supervisor starts."""
    return {**os.environ, **changes}
