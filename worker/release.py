"""The `release` step of a hosted deploy: apply migrations, give the login roles their passwords."""

import sys

from psycopg.conninfo import conninfo_to_dict

from services.kit import config, migrate
from services.kit.config import SettingsMissing


def main() -> int:
    """Returns the exit status; says what was applied, or which settings are missing."""
    try:
        settings = config.load_settings()
    except SettingsMissing as error:
        print(error.sentence, file=sys.stderr)
        return 1
    if not settings.is_hosted:
        print("DATABASE_URL is not set: the embedded database migrates itself at start.")
        return 0
    admin = settings.database_url.get_secret_value()
    applied = migrate.migrate(admin)
    for role, url in (("app_web", settings.web_database_url), ("app_worker", settings.worker_database_url)):
        migrate.set_login(admin, role, str(conninfo_to_dict(url.get_secret_value())["password"]))
    print(f"Applied {len(applied)} migrations: {', '.join(applied) or 'none were missing'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
