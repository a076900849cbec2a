"""What the crash suite has shown about this version: shipped as a file, kept in the database, read by a screen."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from services.kit.app import App
from services.kit.config import ROOT
from services.kit.db import Tx, json_value

FILE = ROOT / "docs" / "proof.json"


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True)


class FormProof(_Row):
    """What was played of one format. `ends`: state -> posts."""

    platform: str
    format: str
    posts: int
    ends: dict[str, int]


class Proof(_Row):
    """
    One run of the crash suite. `faults`: kind of trouble -> scenarios; `ends`: state -> posts.

    Broken promises: `doubles`, `lost`, `stuck`, `untrue` (other bytes than sealed, or no trace), `needless` (stopped
    without need); `broken_seeds` replay them.
    """

    made_at: datetime
    commit: str
    version: str = ""
    seeds: int
    seconds: int
    posts: int
    ends: dict[str, int]
    doubles: int
    lost: int
    stuck: int
    untrue: int
    needless: int
    broken_seeds: tuple[int, ...]
    faults: dict[str, int]
    places: tuple[str, ...]
    forms: tuple[FormProof, ...]

    @property
    def is_clean(self) -> bool:
        return not self.broken_seeds


class ProofUnreadable(ValueError):
    """docs/proof.json is not what the suite writes."""


def keep_proof(app: App, file: Path = FILE) -> bool:
    """
    Keep the proof that ships with the code, once per run of the suite; says whether it was new.

    :raises ProofUnreadable: the file is damaged
    """
    if not file.exists():
        return False
    told = _read(file)
    proof = Proof.model_validate(told)
    with app.admin_tx() as tx:
        return bool(
            tx.run(
                "insert into app.proofs (made_at, commit_id, version, kept_at, result) values (%(at)s, %(commit)s, "
                "%(version)s, %(now)s, %(result)s) on conflict (made_at) do nothing",
                {
                    "at": proof.made_at,
                    "commit": proof.commit,
                    "version": proof.version,
                    "now": tx.now,
                    "result": json_value(told),
                },
            )
        )


def latest_proof(tx: Tx) -> Proof | None:
    """The newest run that was kept; None before the first."""
    told = tx.value("select result from app.proofs order by made_at desc limit 1", {})
    return None if told is None else Proof.model_validate(told)


def _read(file: Path) -> dict[str, Any]:
    try:
        told = json.loads(file.read_text("utf-8"))
        Proof.model_validate(told)
    except (ValueError, ValidationError) as error:
        raise ProofUnreadable(f"{file.name} is damaged.") from error
    return dict(told)
