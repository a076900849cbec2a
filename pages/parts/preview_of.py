"""What was sealed, or would be, as its platform shows it: the same values that the request is built from."""

from collections.abc import Mapping

from pages.parts.preview import Version, preview
from services import approvals


def preview_of(content: approvals.SealedContent, name: str, handle: str, places: Mapping[str, str]) -> str:
    """
    The preview as safe HTML.

    :param name: the account's name, and its handle where it has one
    :param places: the addresses of the stored files, by key
    """
    first = content.media[0] if content.media else None
    return preview(
        content.platform,
        Version(
            account=name,
            handle=handle or name,
            text=content.text,
            image=places.get(first.file_key, "") if first else "",
            alt=first.alt_text if first else "",
            ratio=first.width / first.height if first else 1.0,
            title=content.settings.get("title", ""),
            pieces=len(content.media),
            is_video=bool(first and first.is_video),
        ),
    )
