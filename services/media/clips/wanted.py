"""What a clip is made into: its shape, its size in pixels, its length, its bytes. Pure."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

# Upright full HD: what every platform recommends for a phone, and none shows more there (platform sheets, 2026-11-21).
LONG_SIDE, SHORT_SIDE = 1920, 1080
SOUND_BITS = 128_000  # a second, AAC stereo
_MOST_BITS = 8_000_000  # a second: full HD of 30 pictures needs no more for a phone
_FEWEST_BITS = 150_000
_BITS_PER_PIXEL = 0.03  # below this blocks are seen; then fewer pixels look better
_FILLED = 0.94  # of the bytes allowed: what the container adds, and what the encoder overshoots
_SHORT_SIDE_MIN = 360


class Way(StrEnum):
    CROP = "crop"  # the middle
    PAD = "pad"  # all of it, on black


class ClipWanted(BaseModel):
    """
    `shape` is width to height, None as it is; `way` how it gets there. `seconds_max` are kept from `start_seconds` on.

    Limits that are None do not apply. Nothing is ever stretched, and nothing made larger.
    """

    model_config = ConfigDict(frozen=True)

    shape: float | None = Field(default=None, gt=0.05, lt=20)
    way: Way = Way.CROP
    bytes_max: int | None = Field(default=None, gt=0)
    start_seconds: float = Field(default=0, ge=0)
    seconds_max: float | None = Field(default=None, gt=0)
    width_min: int = Field(default=1, ge=0)


def clip_size(width: int, height: int, wanted: ClipWanted) -> tuple[int, int]:
    """Pixels of what is made from a clip of these, as shown: even, within upright or lying full HD."""
    wide, high = float(width), float(height)
    if wanted.shape is not None:
        too_wide = wide / high > wanted.shape
        if too_wide == (wanted.way is Way.CROP):
            wide = high * wanted.shape
        else:
            high = wide / wanted.shape
    return _even(wide, high, min(1.0, LONG_SIDE / max(wide, high), SHORT_SIDE / min(wide, high)))


def kept_seconds(length: float, wanted: ClipWanted) -> float:
    """How long what is made will be."""
    rest = max(0.0, length - wanted.start_seconds)
    return rest if wanted.seconds_max is None else min(rest, wanted.seconds_max)


def picture_bits(seconds: float, bytes_max: int | None, *, has_sound: bool, squeeze: float = 1.0) -> int | None:
    """Bits a second for the pictures, so that all fits into the bytes; None where that would be no clip any more."""
    if bytes_max is None:
        return _MOST_BITS
    all_bits = bytes_max * 8 * _FILLED * squeeze / max(seconds, 0.1)
    bits = min(_MOST_BITS, int(all_bits - (SOUND_BITS if has_sound else 0)))
    return bits if bits >= _FEWEST_BITS else None


def worth_its_bits(size: tuple[int, int], rate: float, bits: int, width_min: int) -> tuple[int, int]:
    """The same shape with as many pixels as these bits a second can show well."""
    width, height = size
    while width * height * rate * _BITS_PER_PIXEL > bits:
        smaller = _even(width, height, 0.8)
        if min(smaller) < _SHORT_SIDE_MIN or smaller[0] < width_min:
            break
        width, height = smaller
    return width, height


def _even(width: float, height: float, scale: float) -> tuple[int, int]:
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)
