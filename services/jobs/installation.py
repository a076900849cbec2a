"""What runs here: mode, versions, migrations, and what is misconfigured. Never a secret."""

import platform
from importlib.metadata import version

from pydantic import BaseModel, ConfigDict

from services.kit import config, migrate
from services.kit.db import Tx
from services.kit.text import counted

PACKAGES = ("streamlit", "psycopg", "procrastinate", "pillow", "av", "supabase")


class Installation(BaseModel):
    """
    `mode` is "embedded", "own server" or "hosted"; `missing` the migrations that lie in the code but not in the
    database, `unknown` those the other way round; `problems` are sentences.
    """

    model_config = ConfigDict(frozen=True)

    mode: str
    environment: str
    loopdesk: str
    python: str
    postgres: str
    packages: dict[str, str]
    applied: list[str]
    missing: list[str]
    unknown: list[str]
    problems: list[str]
    places: dict[str, str]


def installation(tx: Tx, settings: config.Settings) -> Installation:
    """Read what runs here, as the web's own login (`app.admin_tx()`)."""
    rows = tx.tuples("select version, coalesce(name, '') from supabase_migrations.schema_migrations order by 1", {})
    applied: dict[str, str] = dict(rows)
    files = {number: file.stem[15:] for number, file in migrate.migration_files()}
    missing = [f"{number} {name}" for number, name in files.items() if number not in applied]
    unknown = [f"{number} {name}" for number, name in applied.items() if number not in files]
    return Installation(
        mode=settings.mode,
        environment=settings.environment,
        loopdesk=project_version(),
        python=platform.python_version(),
        postgres=str(tx.value("select current_setting('server_version')", {})),
        packages={name: version(name) for name in PACKAGES},
        applied=[f"{number} {name}" for number, name in applied.items()],
        missing=missing,
        unknown=unknown,
        problems=_problems(settings, missing, unknown),
        places=_places(settings),
    )


def running_versions() -> dict[str, str]:
    """What runs in this process, by name."""
    packages = {name: version(name) for name in PACKAGES}
    return {"loopdesk": project_version(), "python": platform.python_version(), **packages}


def project_version() -> str:
    """The version written in pyproject.toml."""
    lines = (config.ROOT / "pyproject.toml").read_text("utf-8").splitlines()
    return next(line.split('"')[1] for line in lines if line.startswith("version = "))


def _places(settings: config.Settings) -> dict[str, str]:
    """Where things are kept, without a password."""
    if settings.is_hosted:
        return {"Address": settings.public_url, "Supabase": settings.supabase_url, "Bucket": settings.supabase_bucket}
    return {"Address": settings.public_url, "Data folder": str(settings.loopdesk_data)}


def _problems(settings: config.Settings, missing: list[str], unknown: list[str]) -> list[str]:
    found = [f"{problem}." for problem in config.misconfigured(settings)]
    if missing:
        found.append(f"{counted(len(missing), 'migration is', 'migrations are')} not applied. Run the release step.")
    if unknown:
        found.append(
            "The database holds migrations this code does not know: an older version runs on a newer database."
        )
    if settings.is_hosted and not settings.public_url.startswith("https://"):
        found.append("PUBLIC_URL is not https: platforms will refuse to fetch media.")
    return found
