"""The stored files of a lane: every kind in a few versions, so that posts with other words have other bytes."""

from services import media
from services.kit.app import App
from tests.makers.cast import Cast
from tests.makers.clips import clip_bytes
from tests.makers.graph import still

VERSIONS = 4
Placed = dict[str, object]
_CLIPS = {"clip": (540, 960), "square clip": (320, 320), "wide clip": (640, 360)}
_SECONDS = 5
_BYTES_LEAST = 80_000  # LinkedIn takes no video under 75 KB


def store_files(app: App, cast: Cast) -> dict[tuple[str, int], Placed]:
    """Each (kind, version) as a version's row of media."""
    kinds = ("picture", "second", *_CLIPS)
    return {(kind, version): store_file(app, cast, kind, version) for kind in kinds for version in range(VERSIONS)}


def store_file(app: App, cast: Cast, kind: str, version: int = 0) -> Placed:
    """One file in the library of this organisation, as a version's row of media."""
    name, data, (width, height) = _made(kind, version)
    kept = media.store_upload(app, cast.worker, cast.brand, name, data, source=media.Source.AD).asset
    assert kept is not None
    is_clip = kind in _CLIPS
    return {
        "placement": "1", "asset_id": str(kept.id), "sha256": kept.sha256, "file_key": kept.file_key,
        "width": width, "height": height, "alt_text": "" if is_clip else f"A cone, {kind} {version}.",
        "content_type": "video/mp4" if is_clip else "image/jpeg", "size_bytes": len(data),
        "duration_seconds": float(_SECONDS) if is_clip else None,
    }  # fmt: skip


def _made(kind: str, version: int) -> tuple[str, bytes, tuple[int, int]]:
    """Other bytes for every version: a picture of another height, a clip with more empty space behind it."""
    if kind in _CLIPS:
        width, height = _CLIPS[kind]
        body = clip_bytes(width=width, height=height, seconds=_SECONDS)
        gap = max(16, _BYTES_LEAST - len(body)) + version
        return f"{kind}-{version}.mp4", body + gap.to_bytes(4, "big") + b"free" + bytes(gap - 8), (width, height)
    size = (1080, (1080 if kind == "picture" else 1200) + version)
    return f"{kind}-{version}.jpg", still(*size), size
