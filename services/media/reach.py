"""
Can platforms that fetch files themselves reach ours? Asked the way they would: by a signed address, from the outside.

The worker asks every five minutes and writes down what it found; screens and acts read that.
"""

import io
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.kit.app import App
from services.kit.db import Tx
from services.kit.errors import AppError
from services.kit.files import FileExists
from services.kit.http import Response, send
from services.kit.outside import public_addresses
from services.media.stores.keys import make_key

CHECK_EVERY = timedelta(minutes=5)
LIVES = timedelta(hours=24)  # platforms fetch for as long as what was prepared there lives
_KEY = make_key(UUID(int=0), UUID(int=1), "png")  # of no organisation; one white pixel
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63f80f00010101"
    "00b138f6140000000049454e44ae426082"
)
_PART = 16
_AS_IS = {"Accept-Encoding": "identity"}
_UNKNOWN = "Whether platforms can fetch our files is not known yet: a worker finds out within minutes."
_SET = "Set MEDIA_PUBLIC_URL to an https address under which everybody can fetch the files of this Loopdesk."


class Reach(BaseModel):
    """What was found out last. `problem` is a sentence that says what to set; empty where platforms reach our files."""

    model_config = ConfigDict(frozen=True)

    address: str
    problem: str
    checked_at: datetime


def reach_problem(tx: Tx) -> str:
    """Why platforms could not fetch our files; empty where they can."""
    found = tx.value("select app.media_host_problem()", {})
    return _UNKNOWN if found is None else str(found)


def reach(tx: Tx) -> Reach | None:
    """For the System screen (`app.admin_tx()`); None before the first look."""
    return tx.one(
        "select address, problem, checked_at from app.media_host order by checked_at desc, address limit 1", {}, Reach
    )


def check_reach(app: App) -> Reach:
    """Look now and write it down, whoever looked last. For workers."""
    found = Reach(address=app.settings.media_url, problem=_problem(app), checked_at=app.clock.now())
    with app.admin_tx() as tx:
        tx.run(
            "insert into app.media_host (address, problem, checked_at) values (%(address)s, %(problem)s, "
            "%(checked_at)s) on conflict (address) do update set "
            "problem = excluded.problem, checked_at = excluded.checked_at",
            found.model_dump(),
        )
    return found


def _problem(app: App) -> str:
    base = app.settings.media_url
    parts = urlsplit(base)
    if parts.scheme != "https" or not parts.hostname:
        return f"Platforms fetch files over https only, and ours are at {base}. {_SET}"
    try:
        public_addresses(parts.hostname, app.look_up)
        return _answered(app)
    except AppError as error:
        return f"Platforms cannot fetch our files from {base}: {error.sentence} {_SET}"


def _answered(app: App) -> str:
    try:
        app.files.put(_KEY, io.BytesIO(_PIXEL), "image/png")
    except FileExists:
        pass
    url = app.files.url(_KEY, int(LIVES.total_seconds()))
    whole = send(app.http, "GET", url, writes=False, timeout_seconds=10, headers=_AS_IS)
    ranged = {"Range": f"bytes=0-{_PART - 1}", **_AS_IS}
    part = send(app.http, "GET", url, writes=False, timeout_seconds=10, headers=ranged)
    wrong = _wrong(whole, part) or ("" if _lives(url, app.clock.now()) else "an address ends within 24 hours.")
    return f"Platforms cannot fetch our files from {app.settings.media_url}: {wrong} {_SET}" if wrong else ""


def _wrong(whole: Response, part: Response) -> str:
    """What a platform would stumble over, as the end of a sentence; empty where nothing."""
    if whole.is_redirect:
        return "it redirects, and platforms follow none."
    if whole.status_code != 200:
        return f"it answers {whole.status_code} to a signed address."
    if whole.content != _PIXEL:
        return "it answers with something else than the file."
    if whole.headers.get("content-type", "").partition(";")[0] != "image/png":
        return "it tells another kind of file than it is."
    if whole.headers.get("content-length") != str(len(_PIXEL)):
        return "it does not tell the length of a file."
    span = f"bytes 0-{_PART - 1}/{len(_PIXEL)}"
    if part.status_code != 206 or part.headers.get("content-range") != span or part.content != _PIXEL[:_PART]:
        return "it does not answer Range requests."
    return ""


def _lives(url: str, now: datetime) -> bool:
    """Ours tell their end as `exp`; Supabase keeps it in a signed token, made for as long as we asked."""
    ends = parse_qs(urlsplit(url).query).get("exp", [""])[0]
    return not ends.isdecimal() or int(ends) - now.timestamp() >= LIVES.total_seconds()
