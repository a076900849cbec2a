"""Backups of the whole installation: making, checking, keeping, bringing back."""

from services.backups.errors import (
    Damaged,
    DumpFailed,
    KeysMissing,
    NoBackup,
    NoRoom,
    NotEmpty,
    NowhereToKeep,
    ProgramsMissing,
    RestoreFailed,
    TooNew,
    UnderWay,
)
from services.backups.models import Backup, Manifest
from services.backups.places import Source, folder, source
from services.backups.queries import backups
from services.backups.restoring import fitting, refuse_unless_empty, restore
from services.backups.rules import Keep, kept
from services.backups.service import back_up

__all__ = [
    "Backup",
    "Damaged",
    "DumpFailed",
    "Keep",
    "KeysMissing",
    "Manifest",
    "NoBackup",
    "NoRoom",
    "NotEmpty",
    "NowhereToKeep",
    "ProgramsMissing",
    "RestoreFailed",
    "Source",
    "TooNew",
    "UnderWay",
    "back_up",
    "backups",
    "fitting",
    "folder",
    "kept",
    "refuse_unless_empty",
    "restore",
    "source",
]
