"""
Everything about one post in one file, for whoever has to find out why it failed: us, or the platform's support.

What was sealed, every attempt with the platform's answers, the history, the versions that ran. No token, no address
that is a right in itself, no file: pictures and clips are named by their hashes.
"""

import io
import json
import zipfile
from datetime import datetime
from typing import Any
from uuid import UUID

from services import identity, jobs
from services.kit.config import Settings
from services.kit.db import Tx
from services.kit.redaction import hide, hide_text
from services.publishing.calendar import post_detail
from services.publishing.on_screen import PostDetail

_README = """What this holds about one post of Loopdesk:

post.json      how it stands, and why
sealed.json    exactly what was approved, with the seal; files by their SHA-256
attempts.json  every try: its step, the platform's ids, when the call that cannot be taken back was made, the outcome,
               and the platform's last answers
history.json   everything that happened to it, the latest first
versions.json  what ran when this file was made

Tokens, upload addresses and sessions are left out on purpose. Files are not in here.
"""


def failure_bundle(tx: Tx, post_id: UUID, settings: Settings) -> bytes:
    """
    A ZIP file of texts.

    :raises PostNotFound: not in this organisation
    """
    identity.demand(tx, identity.Act.LOOK)
    detail = post_detail(tx, post_id)
    parts = {
        "post.json": _post(detail),
        "sealed.json": {"seal": detail.post.seal, "approved_at": detail.post.approved_at, "content": _content(detail)},
        "attempts.json": [_attempt(one.model_dump()) for one in detail.attempts],
        "history.json": [{**one.model_dump(), "detail": hide_text(one.detail)} for one in detail.history],
        "versions.json": {**jobs.running_versions(), "mode": settings.mode,
                          "made_at": tx.now},
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(_entry("README.txt", tx.now), _README)
        for name, value in parts.items():
            packed.writestr(_entry(name, tx.now), json.dumps(value, indent=2, ensure_ascii=False, default=_as_text))
    return out.getvalue()


def _post(detail: PostDetail) -> dict[str, Any]:
    post = detail.post
    row = post.model_dump(exclude={"sealed", "approved_by", "thumb_key", "reason"})
    return {**row, "late_seconds": post.late_seconds, "reason": hide_text(post.reason)}


def _content(detail: PostDetail) -> dict[str, Any]:
    """As sealed, without where our own store keeps the files."""
    return detail.content.model_dump(mode="json", exclude={"media": {"__all__": {"file_key"}}, "cover": {"file_key"}})


def _attempt(row: dict[str, Any]) -> dict[str, Any]:
    """The platform's ids are hidden by name where they are rights; answers were cleaned when they were kept."""
    told = hide_text(row["error"]) if row["error"] else row["error"]
    return {**row, "remote": hide(row["remote"]), "answers": list(row["answers"]), "error": told}


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, at.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
