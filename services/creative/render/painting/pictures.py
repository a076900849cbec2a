"""
Photos as drawing needs them: opened with care, upright, sRGB, cropped around what matters and kept for the next ad.

Media has already checked what comes in here; opening is defensive all the same, because these bytes come from outside.
"""

import functools
import hashlib
import io
import threading
import warnings
from collections import OrderedDict
from collections.abc import Mapping

from PIL import Image, ImageChops, ImageCms, ImageFilter, ImageOps, UnidentifiedImageError

from services.creative.render.errors import PictureUnreadable
from services.creative.render.painting.colours import luminance

MAX_PIXELS = 60_000_000
_LONGEST_EDGE = 2600  # more than any placement needs, even cropped; keeps a decoded photo under 20 MB
_KEPT_BYTES = 128 * 1024 * 1024
_OPAQUE_SHARE = 0.98
_HEADROOM = 0.04  # share of the height left above the subject when there is any
_FRAME = ((0, 0, 64, 3), (0, 0, 3, 64), (61, 0, 64, 64), (0, 61, 64, 64))
_LIMITS = (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning)


class _Shelf:
    """Decoded and resized pictures by content, the least used leaving first. Safe between threads."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._held: OrderedDict[tuple[object, ...], Image.Image] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: tuple[object, ...]) -> Image.Image | None:
        with self._lock:
            found = self._held.get(key)
            if found is not None:
                self._held.move_to_end(key)
            return found

    def put(self, key: tuple[object, ...], picture: Image.Image) -> Image.Image:
        with self._lock:
            if key not in self._held:
                self._held[key] = picture
                self._bytes += _weight(picture)
            while self._bytes > self._limit and len(self._held) > 1:
                _, dropped = self._held.popitem(last=False)
                self._bytes -= _weight(dropped)
            return picture

    def clear(self) -> None:
        with self._lock:
            self._held.clear()
            self._bytes = 0


def _weight(picture: Image.Image) -> int:
    return picture.width * picture.height * len(picture.getbands())


_shelf = _Shelf(_KEPT_BYTES)
_decoding = threading.Lock()


def forget_pictures() -> None:
    """Empty the store of decoded pictures; for measuring a first render."""
    _shelf.clear()


class Pictures:
    """The pictures one ad may use, by key."""

    def __init__(self, images: Mapping[str, bytes]) -> None:
        self._images = images
        self._hashes: dict[str, str] = {}

    def has(self, key: str | None) -> bool:
        """Whether there are bytes for a key."""
        return bool(key) and key in self._images

    def open(self, key: str) -> Image.Image:
        """
        The whole picture, RGB or RGBA, its longest edge at most 2,600 px.

        :raises PictureUnreadable: damaged, too large, or not a JPEG, PNG, WebP or GIF
        """
        digest = self._digest(key)
        found = _shelf.get((digest,))
        if found is not None:
            return found
        with _decoding:  # four sizes start at once: one of them decodes, the others find the result
            return _shelf.get((digest,)) or _shelf.put((digest,), _decode(self._images[key]))

    def cover(self, key: str, width: int, height: int) -> Image.Image:
        """The picture filling `width` x `height` pixels, cropped around its most detailed part."""
        wanted = (self._digest(key), width, height, "cover")
        found = _shelf.get(wanted)
        if found is not None:
            return found
        whole = self.open(key)
        crop = _crop_box(whole, width / height)
        return _shelf.put(wanted, whole.resize((width, height), Image.Resampling.LANCZOS, box=crop, reducing_gap=3.0))

    def contain(self, key: str, width: int, height: int) -> Image.Image:
        """The whole picture without its empty edges, as large as fits into `width` x `height` pixels."""
        wanted = (self._digest(key), width, height, "contain")
        found = _shelf.get(wanted)
        if found is not None:
            return found
        whole = self.open(key)
        if whole.mode == "RGBA":
            whole = whole.crop(whole.getchannel("A").getbbox() or (0, 0, *whole.size))
        scale = min(width / whole.width, height / whole.height)
        size = max(1, round(whole.width * scale)), max(1, round(whole.height * scale))
        return _shelf.put(wanted, whole.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0))

    def enlargement(self, key: str, width: int, height: int) -> float:
        """How many times larger than its own pixels the picture is drawn when it covers `width` x `height`."""
        whole = self.open(key)
        return max(width / whole.width, height / whole.height)

    def brightness(self, key: str) -> float:
        """Mean relative luminance of the whole picture, 0 to 1."""
        small = self.open(key).convert("RGB").resize((32, 32), Image.Resampling.BOX).tobytes()
        return sum(luminance((small[i], small[i + 1], small[i + 2])) for i in range(0, len(small), 3)) / 1024

    def is_cutout(self, key: str) -> bool:
        """Whether the picture has a transparent surrounding, so that it can stand on a colour."""
        whole = self.open(key)
        if whole.mode != "RGBA":
            return False
        alpha = whole.getchannel("A").histogram()
        return sum(alpha[200:]) < _OPAQUE_SHARE * whole.width * whole.height

    def _digest(self, key: str) -> str:
        if key not in self._hashes:
            self._hashes[key] = hashlib.sha256(self._images[key]).hexdigest()
        return self._hashes[key]


def _decode(content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP", "GIF"))
            if opened.width * opened.height > MAX_PIXELS:
                raise PictureUnreadable("This picture has more than 60 million pixels. Use a smaller one.")
            opened.draft("RGB", (_LONGEST_EDGE, _LONGEST_EDGE))
            opened.load()
        upright = ImageOps.exif_transpose(opened)
        picture = _to_srgb(upright)
    except _LIMITS as error:
        raise PictureUnreadable() from error
    picture.thumbnail((_LONGEST_EDGE, _LONGEST_EDGE), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return picture


def _to_srgb(picture: Image.Image) -> Image.Image:
    """RGB or RGBA in sRGB; an unreadable colour profile is ignored, as browsers do."""
    profile = picture.info.get("icc_profile")
    transparent = "A" in picture.getbands() or "transparency" in picture.info
    wanted = "RGBA" if transparent else "RGB"
    if profile and picture.mode in {"RGB", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            return picture.convert(wanted)
        return converted if converted is not None else picture.convert(wanted)
    return picture.convert(wanted)


def _crop_box(picture: Image.Image, ratio: float) -> tuple[float, float, float, float]:
    """The part to keep, in pixels: of all cuts in the wanted ratio the one with most detail, the middle preferred."""
    width, height = picture.size
    if width / height > ratio:
        kept = height * ratio
        start = _best_start(_detail(picture, across=True), kept / width) * width
        return start, 0, start + kept, height
    kept = width / ratio
    best = _best_start(_top_first(_detail(picture, across=False)), kept / height)
    start = max(0.0, best - _HEADROOM) * height
    return 0, start, width, start + kept


def _detail(picture: Image.Image, *, across: bool) -> list[float]:
    """How much subject lies along one side, in 64 steps: what differs from the colours of the edges, and outlines."""
    small = picture.convert("RGB").resize((64, 64), Image.Resampling.BOX)
    frame = [small.crop(area).resize((1, 1), Image.Resampling.BOX) for area in _FRAME]
    unlike = [ImageChops.difference(small, colour.resize((64, 64))).convert("L") for colour in frame]
    subject = functools.reduce(ImageChops.darker, unlike)  # far from every edge's colour at once
    edges = small.convert("L").filter(ImageFilter.FIND_EDGES).crop((1, 1, 63, 63)).resize((64, 64))
    both = ImageChops.add(subject, edges, scale=1.5)
    line = both.resize((64, 1) if across else (1, 64), Image.Resampling.BOX)
    return [float(value) for value in line.tobytes()]


def _top_first(detail: list[float]) -> list[float]:
    """What stands higher in the subject counts more: heads, faces and the top of a product are not cut off."""
    total = sum(detail) or 1.0
    gone, weighted = 0.0, []
    for value in detail:
        weighted.append(value * (1.7 - 1.4 * gone / total))
        gone += value
    return weighted


def _best_start(detail: list[float], share: float) -> float:
    """Where a window over `share` of the side starts, 0 to 1 - share."""
    steps = len(detail)
    window = max(1, round(share * steps))
    total = sum(detail) or 1.0
    spare = steps - window

    if spare <= 0:
        return 0.0

    def worth(start: int) -> float:
        off_middle = abs(start - spare * 0.45) / max(1, steps)  # a little above the middle, where heads are
        return sum(detail[start : start + window]) / total - 0.25 * off_middle

    return min(max(range(spare + 1), key=worth) / steps, 1 - share)
