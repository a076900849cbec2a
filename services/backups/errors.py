"""What can keep a backup from being made or brought back."""

from services.kit.errors import AppError, Conflict, Invalid, NotFound, Unavailable


class ProgramsMissing(AppError):
    """This machine has no pg_dump that fits the database."""


class DumpFailed(AppError):
    """The database could not be read to its end. No backup was made."""


class NowhereToKeep(AppError):
    """Say where backups are kept: BACKUP_FOLDER, a folder that outlives this machine's own disk."""


class NoRoom(Unavailable):
    """The disk of the backup folder is full. No backup was made, and no older one was let go."""


class UnderWay(Conflict):
    """Another backup is being made into this folder. Try again when it has ended."""


class NoBackup(NotFound):
    """There is no backup in this folder."""


class Damaged(Invalid):
    """This backup is damaged. Nothing was restored."""


class KeysMissing(Invalid):
    """The keys of this backup are missing. Nothing was restored."""


class TooNew(Invalid):
    """This backup was made by a newer version. Nothing was restored."""


class NotEmpty(Conflict):
    """The database is not empty. Nothing was restored."""


class RestoreFailed(AppError):
    """The database took no row of the backup. Nothing was restored."""
