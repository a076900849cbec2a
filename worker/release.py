"""The `release` step of a hosted deploy: apply migrations, give the login roles their passwords, print the link."""

import sys

import psycopg
from psycopg.conninfo import conninfo_to_dict

from services import identity, wiring
from services.kit import config, migrate
from services.kit.config import SettingsMissing
from services.kit.text import counted


def main() -> int:
    """Returns the exit status; says what was applied and how to set up, or which settings are missing."""
    try:
        settings = config.load_settings()
    except SettingsMissing as error:
        print(error.sentence, file=sys.stderr)
        return 1
    if settings.is_embedded:
        print("DATABASE_URL is not set: the embedded database migrates itself at start.")
        return 0
    admin = settings.database_url.get_secret_value()
    try:
        applied = migrate.migrate(admin)
    except psycopg.OperationalError as error:
        print(f"The release stopped at the database: {error}", file=sys.stderr)
        return 1
    for role, url in (("app_web", settings.web_database_url), ("app_worker", settings.worker_database_url)):
        migrate.set_login(admin, role, str(conninfo_to_dict(url.get_secret_value())["password"]))
    print(f"Applied {counted(len(applied), 'migration')}: {', '.join(applied) or 'none were missing'}.")
    _print_set_up_link(settings, admin)
    return 0


def _print_set_up_link(settings: config.Settings, admin: str) -> None:
    """The operator's way in, until somebody has claimed it. As `postgres`: a pooler learns new passwords late."""
    app = wiring.build("web", settings, wiring.Addresses(admin, admin, admin))
    try:
        link = identity.set_up_link(app)
    finally:
        app.close()
    if link:
        print(f"Set Loopdesk up once, with this link (valid for 24 hours):\n{link}")


if __name__ == "__main__":
    sys.exit(main())
