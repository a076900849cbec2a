"""How files are told on screen: sizes, lengths, rights, and a file as one item of the shelf."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from pages.parts.rows import Chip
from pages.parts.shelf import File
from pages.parts.zones import day
from services import media
from services.kit.text import counted

KINDS = {"All": None, "Images": media.Kind.IMAGE, "Video": media.Kind.VIDEO}
SOURCES = {
    "Any origin": None,
    "Uploaded": media.Source.UPLOAD,
    "Ads made here": media.Source.AD,
    "Samples": media.Source.SAMPLE,
}
RIGHTS = {
    "Any rights": None,
    "Rights fine": media.Rights.FINE,
    "Rights end soon": media.Rights.ENDING,
    "Rights ended": media.Rights.ENDED,
}
SORTS = {"Newest first": media.Sort.NEWEST, "Oldest first": media.Sort.OLDEST}


def size(size_bytes: int) -> str:
    """ "840 kB", "3.2 GB": decimal units, as stores count."""
    if size_bytes < 1_000_000:
        return f"{max(1, round(size_bytes / 1000))} kB"
    if size_bytes < 1_000_000_000:
        return f"{size_bytes / 1e6:.1f} MB"
    return f"{size_bytes / 1e9:.1f} GB"


def length(seconds: float | None) -> str:
    """ "0:15" of a clip, empty for a picture."""
    if seconds is None:
        return ""
    whole = max(1, round(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


def rights_chip(ends_on: date | None, today: date) -> Chip | None:
    """Only where something is not fine."""
    state = media.rights_of(ends_on, today)
    if ends_on is None or state is media.Rights.FINE:
        return None
    if state is media.Rights.ENDED:
        return (f"Ended {day(ends_on, today)[4:]}", "red", "gpp_bad")
    left = (ends_on - today).days
    words = "Ends today" if left == 0 else f"Ends in {counted(left, 'day')}"
    return (words, "yellow", "shield")


def summary(counts: media.Counts) -> str:
    """The line under the title."""
    if counts.files == 0:
        return "0 files"
    parts = [counted(counts.files, "file"), size(counts.size_bytes)]
    if counts.ending:
        parts.append(f"rights of {counts.ending:,} end soon")
    if counts.ended:
        parts.append(f"rights of {counts.ended:,} have ended")
    return " · ".join(parts)


def shelf_file(asset: media.Asset, addresses: Mapping[str, str], uses: Mapping[UUID, int], today: date) -> File:
    """Until its thumbnail is made a picture shows itself, a clip its ground."""
    shown = asset.thumb_key or (asset.file_key if asset.kind is media.Kind.IMAGE else "")
    used = uses.get(asset.id, 0)
    return File(
        id=str(asset.id),
        name=asset.original_name,
        src=addresses.get(shown, ""),
        width=asset.width,
        height=asset.height,
        note=f"×{used}" if used else "unused",
        clip=length(asset.duration_seconds),
        badge=rights_chip(asset.rights_end_on, today),
        colour=asset.colours[0] if asset.colours else "",
    )


CSV_HEADER = (
    "Name", "Kind", "Origin", "Tags", "Width", "Height", "Seconds", "Bytes", "SHA-256", "Rights end", "Added",
    "Alt text",
)  # fmt: skip


def csv_row(asset: media.Asset) -> tuple[object, ...]:
    return (
        asset.original_name,
        str(asset.kind),
        str(asset.source),
        asset.tags,
        asset.width,
        asset.height,
        asset.duration_seconds,
        asset.size_bytes,
        asset.sha256,
        asset.rights_end_on,
        asset.created_at,
        asset.alt_text,
    )
