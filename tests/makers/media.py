"""Pictures made of nothing, and assets stored from them."""

import io
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from PIL import Image

from services import media
from services.kit.app import App
from services.kit.db import Scope
from tests.makers.world import World

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "media"


def fixture(name: str) -> bytes:
    """A real file of tests/fixtures/media, whose README tells where it comes from."""
    return (FIXTURES / name).read_bytes()


@cache
def _picture(width: int, height: int, colour: str, form: str) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", (width, height), colour)
    image.paste("#ffffff", (0, 0, max(1, width // 3), max(1, height // 3)))
    image.save(out, form, quality=90)
    return out.getvalue()


def jpeg_bytes(width: int = 320, height: int = 240, colour: str = "#c0392b") -> bytes:
    """A small real JPEG; another colour or size gives other bytes."""
    return _picture(width, height, colour, "JPEG")


def png_bytes(width: int = 320, height: int = 240, colour: str = "#2980b9") -> bytes:
    return _picture(width, height, colour, "PNG")


def make_asset(
    world: World | App,
    scope: Scope,
    brand_id: UUID | None = None,
    *,
    name: str = "picture.jpg",
    data: bytes | None = None,
    **changes: Any,
) -> media.Asset:
    """Store a small JPEG in the library, as the person or worker of `scope`; `changes` go to `store_upload`."""
    app = world if isinstance(world, App) else (world.web if scope.user_id else world.worker)
    outcome = media.store_upload(app, scope, brand_id, name, data or jpeg_bytes(), **changes)
    assert outcome.asset is not None
    return outcome.asset
