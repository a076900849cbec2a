"""The result of a run as a file that ships with the code: docs/proof.json, shown on the screen “Reliability”."""

import json
import subprocess
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from services.jobs import project_version
from services.kit.config import ROOT
from tests.crash.report import Report
from tests.crash.scenario import FAILPOINTS

FILE = ROOT / "docs" / "proof.json"
SEEDS_LEAST = 100  # below, a run is a trial
_EXPECTED_COMMIT_LENGTH = 40


def write_proof(report: Report) -> bool:
    """Write what a run of enough seeds has shown, also where it has shown a broken promise; says whether it did."""
    if report.played < SEEDS_LEAST:
        return False
    FILE.write_text(json.dumps(proof_of(report, datetime.now(UTC), _commit()), indent=2, ensure_ascii=False) + "\n")
    return True


def proof_of(report: Report, at: datetime, commit: str) -> dict[str, Any]:
    """Pure: the file's content."""
    forms: dict[tuple[str, str], Counter[str]] = {}
    for (platform, kind, state), count in report.forms.items():
        forms.setdefault((platform, kind), Counter())[state] += count
    return {
        "made_at": at.isoformat(timespec="seconds"),
        "commit": commit,
        "version": project_version(),
        "seeds": report.played,
        "first_seed": report.first,
        "last_seed": report.last,
        "seconds": round(report.seconds),
        "posts": sum(report.ends.values()),
        "ends": dict(sorted(report.ends.items())),
        "doubles": report.promises["double"],
        "lost": report.promises["lost"],
        "stuck": report.promises["stuck"],
        "untrue": report.promises["untrue"],
        "needless": report.promises["needless"],
        "broken_seeds": sorted(report.broken),
        "faults": dict(sorted(report.kinds.items())),
        "places": sorted(report.failpoints & set(FAILPOINTS)),
        "forms": [
            {"platform": platform, "format": kind, "posts": sum(ends.values()), "ends": dict(sorted(ends.items()))}
            for (platform, kind), ends in sorted(forms.items())
        ],
    }


def _commit() -> str:
    """The commit the run was made on; empty outside a working tree."""
    done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    found = done.stdout.strip()
    return found if len(found) == _EXPECTED_COMMIT_LENGTH else ""
