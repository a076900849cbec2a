"""
One upload session: opened, filled, finished. It makes one video at most, and nothing exists before its last byte.

Chunks are multiples of 256 KiB; what YouTube says it has is where the next one begins.
Source: YouTube Data API, resumable uploads.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from services.approvals import SealedContent
from services.kit.errors import ProviderError, Rejected, Unavailable
from services.kit.files import span_of
from services.kit.http import is_theirs
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
    if not is_theirs(session, door.api_url, _GOOGLE):
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
    if not is_theirs(session, door.api_url, _GOOGLE):
        raise Unavailable("This is not the address of an upload session of YouTube.")
    return session_put(door.http, session, f"bytes */{size}", token=door.secret, writes=False, now=door.now, size=size)


def send_beginning(session: str, file: BinaryIO, size: int, door: Door) -> int:
    """Send all but the last chunk, what fails again a few times; returns how many bytes YouTube then has."""
    last = last_chunk_at(size)
    have, most, faults = 0, 0, 0
    while (length := min(CHUNK_BYTES, (last - have) // GRAIN_BYTES * GRAIN_BYTES)) > 0:
        reached = _sent_or_asked(session, file, (have, have + length), size, door).have
        if reached > last:
            raise Unavailable("YouTube's answer about the upload makes no sense.")
        faults = _faults(faults, reached > most)
        have, most = reached, max(most, reached)
    return have


def send_rest(session: str, file: BinaryIO, size: int, have: int, door: Door) -> dict[str, Any]:
    """
    Send exactly the bytes behind the first `have`; returns the video's resource. The last one cannot be taken back.

    :raises NotProcessed: the session no longer exists and was not finished, so nothing came of it
    """
    most, faults = have, 0
    with _gone_means_nothing():
        while True:
            end = min(have + CHUNK_BYTES, size)
            progress = _sent_or_asked(session, file, (have, end), size, door)
            if progress.video is not None:
                return progress.video
            faults = _faults(faults, progress.have > most)
            have, most = progress.have, max(most, progress.have)
            door.keep({"sent": str(have)})


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


def _sent_or_asked(session: str, file: BinaryIO, span: tuple[int, int], size: int, door: Door) -> Progress:
    """
    Send one span and hear how far the session is. Where it refuses, it may stand elsewhere: then it is asked.

    Bytes before the end of the file can be asked for whatever happened to them.
    """
    try:
        return _send(session, file, span, size, door)
    except (Rejected, Unavailable) as error:
        if is_gone(error) or (isinstance(error, Unavailable) and span[1] == size):
            raise
        stands = ask(session, size, door)
        if isinstance(error, Rejected) and stands == Progress(span[0]):
            raise NotProcessed(error.sentence, try_again=False) from error  # it cannot be resumed after a refusal
        return stands


def _send(session: str, file: BinaryIO, span: tuple[int, int], size: int, door: Door) -> Progress:
    begin, end = span
    if file.seek(0, os.SEEK_END) != size:
        raise Unavailable("The stored file is not the one whose upload was begun.")
    return session_put(
        door.http,
        session,
        f"bytes {begin}-{end - 1}/{size}",
        span_of(file, begin, end - begin),
        length=end - begin,
        token=door.secret,
        writes=end == size,
        now=door.now,
        size=size,
    )


def _faults(so_far: int, is_further: bool) -> int:
    """:raises Unavailable: too often in a row the session did not get any further"""
    if not is_further and so_far >= _FAULTS_MOST:
        raise Unavailable("YouTube takes no more bytes of this upload.")
    return 0 if is_further else so_far + 1
