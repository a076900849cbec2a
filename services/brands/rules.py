"""What a brand may look like: values in, values out."""

import io
import re
from functools import cache
from ipaddress import ip_address
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from PIL import Image, ImageOps

from services.brands.errors import BrandNameWrong, ColourWrong, LogoWrong, TimeZoneWrong, WebAddressWrong
from services.brands.models import BrandFields

COLOURS_MAX = 5
LOGO_BYTES_MAX = 2 * 1024 * 1024
_LOGO_SIDE_MAX = 4_000
_LOGO_KEPT_SIDE = 1_024  # twice the largest logo any template draws
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


def checked(fields: BrandFields) -> BrandFields:
    """
    The same fields, fit to store.

    :raises BrandNameWrong, WebAddressWrong, TimeZoneWrong, ColourWrong
    """
    name = " ".join("".join(c if c.isprintable() else " " for c in fields.name).split())
    if not 1 <= len(name) <= 80:
        raise BrandNameWrong()
    if fields.time_zone not in time_zones():
        raise TimeZoneWrong()
    return BrandFields(
        name=name,
        web_address=web_address(fields.web_address),
        time_zone=fields.time_zone,
        colours=colours(fields.colours),
    )


@cache
def time_zones() -> tuple[str, ...]:
    """The zones a person may choose: `Area/City`, and UTC first."""
    areas = (
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    )
    return ("UTC", *sorted(zone for zone in available_timezones() if zone.partition("/")[0] in areas))


def web_address(text: str) -> str:
    """
    `example.com` becomes `https://example.com`; empty stays empty.

    :raises WebAddressWrong: another scheme, a user name, a bare number, or no host
    """
    text = text.strip()
    if not text:
        return ""
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").encode("idna").decode().lower()
        port = parts.port
    except ValueError as error:
        raise WebAddressWrong() from error
    odd = any(not c.isprintable() or c.isspace() or c == "\\" for c in text)
    if parts.scheme.lower() not in ("http", "https") or "@" in parts.netloc or odd or len(text) > 500:
        raise WebAddressWrong()
    if not _HOST.fullmatch(host) or _is_number(host):
        raise WebAddressWrong()
    query = f"?{parts.query}" if parts.query else ""
    return f"https://{host}{f':{port}' if port and port not in (80, 443) else ''}{parts.path.rstrip('/')}{query}"


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def colours(given: tuple[str, ...]) -> tuple[str, ...]:
    """`#RRGGBB` in capitals, in order, each once. :raises ColourWrong: another shape, or over five"""
    kept = [colour.strip().upper() for colour in given if colour.strip()]
    if len(kept) > COLOURS_MAX or not all(re.fullmatch(r"#[0-9A-F]{6}", colour) for colour in kept):
        raise ColourWrong()
    return tuple(dict.fromkeys(kept))


def logo_png(data: bytes) -> bytes:
    """
    The picture as a PNG of at most 1,024 pixels, upright, without its metadata. Its own type decides, not its name.

    :raises LogoWrong: no PNG, JPEG or WebP, damaged, over 2 MB, or a side over 4,000 pixels
    """
    if len(data) > LOGO_BYTES_MAX:
        raise LogoWrong()
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as picture:
            if max(picture.size) > _LOGO_SIDE_MAX:
                raise LogoWrong()
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise LogoWrong() from error
    upright.thumbnail((_LOGO_KEPT_SIDE, _LOGO_KEPT_SIDE), Image.Resampling.LANCZOS)
    clean = Image.new("RGBA", upright.size)
    clean.paste(upright)
    out = io.BytesIO()
    clean.save(out, "PNG", optimize=True)
    return out.getvalue()
