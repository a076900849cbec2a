"""What a backup says of itself."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

MANIFEST, DUMP, FILES = "manifest.json", "database.dump", "files"

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Table = Annotated[str, StringConstraints(pattern=r"^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$")]


class Stored(BaseModel):
    """One file: length in bytes and SHA-256 in hex."""

    model_config = ConfigDict(frozen=True)

    size_bytes: int = Field(ge=0)
    sha256: Sha256


class Manifest(BaseModel):
    """
    Written last; a folder without it is no backup.

    `server` is the major version of the database, `migrations` what was applied, `rows` the count per table at the
    instant of the dump, `files` the stored files by key (put beside as `files/<key>`), `keys` the sealing keys that are
    needed, each by name with a mark that only this key opens (never the key itself). `schemas` is empty where the whole
    database was taken.
    """

    model_config = ConfigDict(frozen=True)

    format: int = Field(default=1, ge=1, le=1)
    loopdesk: str
    taken_at: datetime
    server: int
    schemas: tuple[str, ...] = ()
    migrations: tuple[str, ...]
    database: Stored
    rows: dict[Table, int]
    files: dict[str, Stored]
    keys: dict[str, str]

    @property
    def size_bytes(self) -> int:
        return self.database.size_bytes + sum(one.size_bytes for one in self.files.values())


class Backup(BaseModel):
    """One backup as the System screen lists it; `checked_at` is when every byte of it was last read back and fitted."""

    model_config = ConfigDict(frozen=True)

    name: str
    folder: str
    taken_at: datetime
    size_bytes: int
    files: int
    rows: int
    last_migration: str
    checked_at: datetime | None
    problem: str
