"""`./run restore BACKUP`: bring a backup back into an empty database. Nothing that may be out goes out again unseen."""

import argparse
import sys
from pathlib import Path

from pydantic import SecretStr

from services import backups, wiring
from services.kit import config
from services.kit.errors import AppError
from worker.backup import add_data, database_kept, settings_of, told


def main() -> int:
    """Returns the exit status; says what was brought back and what comes next."""
    parser = argparse.ArgumentParser(prog="./run restore")
    parser.add_argument("backup", type=Path, help="the folder of the backup")
    add_data(parser)
    parser.add_argument("--keys", metavar="FILE", type=Path, help="the sealing keys that belong to it")
    options = parser.parse_args()
    return told(lambda: _bring_back(settings_of(options.data), options.backup, options.keys))


def _bring_back(settings: config.Settings, backup: Path, keys: Path | None) -> None:
    with database_kept(settings, must_be_alone=True):
        manifest = _restore(settings, backup, keys)
    print(f"Restored what stood here on {manifest.taken_at:%Y-%m-%d at %H:%M:%S} UTC: ", end="")
    print(f"{sum(manifest.rows.values()):,} rows in {len(manifest.rows)} tables, {len(manifest.files):,} files.")
    print("Posts that may have gone out since then are looked for at their account before anything is sent.")
    print("Start it: ./run" if settings.is_embedded else "Run the release step, then start web and worker.")


def _restore(settings: config.Settings, backup: Path, keys: Path | None) -> backups.Manifest:
    given = _keys(settings, keys)
    source = backups.source(settings)
    backups.refuse_unless_empty(source)
    data = settings.loopdesk_data
    known = config.Settings(loopdesk_data=data, app_secret_keys=SecretStr(given)) if given else settings
    # logins come with the release or the first start; until then only the operator's address works
    app = wiring.build("worker", known, wiring.Addresses(source.address, source.address, source.address))
    try:
        manifest = backups.fitting(backup, source, app.sealer)
        if given:  # before the rows: a start that finds none would make new ones
            wiring.take_keys(settings, given)
        backups.restore(app, source, backup, manifest)
    finally:
        app.close()
    return manifest


def _keys(settings: config.Settings, file: Path | None) -> str:
    """What the file holds; empty where the installation has keys. :raises AppError: both, neither, or no keys in it"""
    if file is None:
        if not wiring.has_keys(settings):
            raise AppError("Give the file with the sealing keys of this backup: --keys FILE. Nothing was restored.")
        return ""
    try:
        text = file.read_text().strip()
        config.parse_keys(text)
    except (OSError, ValueError) as error:
        raise AppError(f"{file} holds no sealing keys: {error}. Nothing was restored.") from error
    if wiring.has_keys(settings) and wiring.key_text(settings) != text:
        raise AppError("There are other sealing keys here already (APP_SECRET_KEYS, or keys in the data folder). "
                       "Restore with those, or into a new folder. Nothing was restored.")  # fmt: skip
    return text


if __name__ == "__main__":
    sys.exit(main())
