"""Reading a backup back: is every byte as it was written?"""

from pathlib import Path

from pydantic import ValidationError

from services.backups.errors import Damaged, NoBackup
from services.backups.models import DUMP, FILES, MANIFEST, Manifest, Stored
from services.backups.programs import Programs
from services.kit.crypto import sha256_of


def read_manifest(folder: Path) -> Manifest:
    """:raises NoBackup: there is none :raises Damaged: it cannot be read"""
    try:
        return Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoBackup(f"There is no backup in {folder}: it holds no {MANIFEST}.") from error
    except ValidationError as error:
        raise Damaged(f"{MANIFEST} of this backup cannot be read. Nothing was restored.") from error


def check(folder: Path, programs: Programs) -> Manifest:
    """
    Every file against the manifest, and the dump's own table of contents.

    :raises NoBackup, Damaged: naming the first file that differs
    """
    manifest = read_manifest(folder)
    _compare(folder / DUMP, DUMP, manifest.database)
    for key, stored in manifest.files.items():
        path = folder / FILES / key
        if not path.resolve().is_relative_to((folder / FILES).resolve()):
            raise Damaged(f"{MANIFEST} of this backup names a file outside of it. Nothing was restored.")
        _compare(path, key, stored)
    listed = programs.run("pg_restore", "", "--list", folder / DUMP, failed=Damaged)
    if listed.count(" TABLE DATA ") < len(manifest.rows):
        raise Damaged(f"{DUMP} holds fewer tables than it should. Nothing was restored.")
    return manifest


def _compare(path: Path, name: str, stored: Stored) -> None:
    try:
        with path.open("rb") as file:
            fits = path.stat().st_size == stored.size_bytes and sha256_of(file) == stored.sha256
    except FileNotFoundError as error:
        raise Damaged(f"{name} is missing from this backup. Nothing was restored.") from error
    if not fits:
        raise Damaged(f"{name} is not as it was written into this backup. Nothing was restored.")
