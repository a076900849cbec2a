"""
One upload session: opened, filled, finished. It makes one video at most, and nothing exists before its last byte.

Chunks are multiples of 256 KiB; what YouTube says it has is where the next one begins.
Source: YouTube Data API, resumable uploads.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from services.approvals import SealedContent
from services.kit.errors import ProviderError, Rejected, Unavailable
from services.kit.youtube import Progress, is_gone, session_put, youtube_call
from services.publishing.errors import NotProcessed
from services.publishing.publisher import Door

GRAIN_BYTES = 256 * 1024
CHUNK_BYTES = 32 * GRAIN_BYTES
_FAULTS_MOST = 3  # chunks that may fail in a row before the step ends
_API = "/youtube/v3"
_GOOGLE = ".googleapis.com"


def open_session(content: SealedContent, size: int, door: Door) -> str:
    """The address of a new session for `size` bytes. :raises Rejected: YouTube refuses the words"""
    headers = {"X-Upload-Content-Type": content.media[0].content_type, "X-Upload-Content-Length": str(size)}
    reply = youtube_call(
        door.http,
        "POST",
        f"{root_of(door)}/upload{_API}/videos",
        token=door.secret,
        writes=False,  # a session nobody knows of ends unseen
        now=door.now,
        params={"uploadType": "resumable", "part": "snippet,status"},
        json=resource(content),
        headers=headers,
    )
    session = str(reply.headers.get("location", ""))
    if not _is_theirs(session, door):
        raise Unavailable("YouTube opened no upload session.")
    return session


def resource(content: SealedContent) -> dict[str, Any]:
    """The words and decisions of a video. :raises Rejected: one that a person must make is missing"""
    chosen = {name: value for name, value in content.settings.items() if value}
    missing = [name for name in ("title", "privacy", "made_for_kids") if name not in chosen]
    if missing:
        raise Rejected(f"YouTube needs a decision on: {', '.join(missing).replace('_', ' ')}.")
    snippet: dict[str, Any] = {
        "title": chosen["title"],
        "description": content.text,
        "categoryId": chosen.get("category", "22"),
    }
    tags = [tag.strip() for tag in chosen.get("tags", "").split(",") if tag.strip()]
    if tags:
        snippet["tags"] = tags
    status: dict[str, Any] = {
        "privacyStatus": chosen["privacy"],
        "selfDeclaredMadeForKids": chosen["made_for_kids"] == "yes",
    }
    if "altered" in chosen:
        status["containsSyntheticMedia"] = chosen["altered"] == "yes"
    return {"snippet": snippet, "status": status}


def ask(session: str, size: int, door: Door) -> Progress:
    """How far a session is. :raises ProviderError: `is_gone` where it no longer exists"""
    if not _is_theirs(session, door):
        raise Unavailable("This is not the address of an upload session of YouTube.")
    return session_put(door.http, session, f"bytes */{size}", token=door.secret, writes=False, now=door.now, size=size)


def send_beginning(session: str, file: BinaryIO, size: int, door: Door) -> None:
    """Send all but the last chunk. What fails is asked for and sent again, a few times."""
    last = last_chunk_at(size)
    have, faults = 0, 0
    while (length := min(CHUNK_BYTES, (last - have) // GRAIN_BYTES * GRAIN_BYTES)) > 0:
        try:
            reached = _send(session, file, have, have + length, size, door, writes=False).have
        except Unavailable:
            _demand_progress(faults)
            reached = ask(session, size, door).have
        if reached > last:
            raise Unavailable("YouTube's answer about the upload makes no sense.")
        faults = 0 if reached > have else faults + 1
        _demand_progress(faults)
        have = reached


def send_rest(session: str, file: BinaryIO, size: int, door: Door) -> dict[str, Any]:
    """
    Send exactly the bytes that are missing; returns the video's resource. The last of them cannot be taken back.

    :raises NotProcessed: the session no longer exists and was not finished, so nothing came of it
    """
    with _gone_means_nothing():
        progress, faults = ask(session, size, door), 0
        while progress.video is None:
            begin, end = progress.have, min(progress.have + CHUNK_BYTES, size)
            progress = _send(session, file, begin, end, size, door, writes=end == size)
            faults = 0 if progress.have > begin else faults + 1
            _demand_progress(faults)
    return progress.video


def last_chunk_at(size: int) -> int:
    """Where the last chunk begins: 0 for a file of one chunk."""
    return (size - 1) // CHUNK_BYTES * CHUNK_BYTES


def root_of(door: Door) -> str:
    """The platform's address without the API's own path."""
    return door.api_url.removesuffix(_API)


@contextmanager
def _gone_means_nothing() -> Iterator[None]:
    try:
        yield
    except ProviderError as error:
        if is_gone(error):
            raise NotProcessed("YouTube no longer has the upload.", try_again=True) from error
        raise


def _send(session: str, file: BinaryIO, begin: int, end: int, size: int, door: Door, *, writes: bool) -> Progress:
    file.seek(begin)
    body = file.read(end - begin)
    if len(body) != end - begin:
        raise Unavailable("The stored file ended early.")
    span = f"bytes {begin}-{end - 1}/{size}"
    return session_put(door.http, session, span, body, token=door.secret, writes=writes, now=door.now, size=size)


def _demand_progress(faults: int) -> None:
    if faults > _FAULTS_MOST:
        raise Unavailable("YouTube takes no more bytes of this upload.")


def _is_theirs(session: str, door: Door) -> bool:
    """Our token goes to the platform's own hosts only, whatever a header says."""
    try:
        given, own = urlsplit(session), urlsplit(door.api_url)
        is_same = (given.scheme, given.netloc) == (own.scheme, own.netloc)
        is_google = (own.hostname or "").endswith(_GOOGLE) and (given.hostname or "").endswith(_GOOGLE)
        return is_same or (is_google and given.scheme == "https" and "@" not in given.netloc and given.port is None)
    except ValueError:
        return False
