"""
Every colour an ad uses, worked out from one to five brand colours.

Contrast is WCAG 2.2's ratio of relative luminances (1 to 21). Lightness is changed in OKLCH (Björn Ottosson, 2020), so
that a tint or shade keeps its hue. Ink is never pure black: it is a very dark shade of the brand's own hue.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

from services.creative.render.layers import ColourRole
from services.creative.render.models import BrandStyle

RGB = tuple[int, int, int]

TEXT_RATIO = 4.5  # WCAG 2.2, 1.4.3
LARGE_TEXT_RATIO = 3.0  # WCAG 2.2, 1.4.3: from 24 px regular or 18.7 px bold as seen by the reader
_COMFORT_RATIO = 7.0
_SHAPE_RATIO = 2.0  # a button's fill against its ground: it must read as a shape; its label carries the meaning
_FALLBACK = "#20242E"


def rgb(hexa: str) -> RGB:
    """'#RRGGBB' as three numbers from 0 to 255."""
    return int(hexa[1:3], 16), int(hexa[3:5], 16), int(hexa[5:7], 16)


def luminance(colour: RGB) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    return 0.2126 * _LINEAR[colour[0]] + 0.7152 * _LINEAR[colour[1]] + 0.0722 * _LINEAR[colour[2]]


def contrast(one: RGB, other: RGB) -> float:
    """WCAG contrast ratio, 1 to 21."""
    return contrast_of(luminance(one), luminance(other))


def contrast_of(one: float, other: float) -> float:
    """WCAG contrast ratio of two luminances."""
    high, low = max(one, other), min(one, other)
    return (high + 0.05) / (low + 0.05)


def oklch(colour: RGB) -> tuple[float, float, float]:
    """Lightness 0 to 1, chroma 0 to about 0.32, hue in radians."""
    r, g, b = (_linear(channel / 255) for channel in colour)
    lo = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    me = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    sh = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    light = 0.2104542553 * lo + 0.7936177850 * me - 0.0040720468 * sh
    a = 1.9779984951 * lo - 2.4285922050 * me + 0.4505937099 * sh
    bb = 0.0259040371 * lo + 0.7827717662 * me - 0.8086757660 * sh
    return light, math.hypot(a, bb), math.atan2(bb, a)


def from_oklch(light: float, chroma: float, hue: float) -> RGB:
    """Back to RGB; chroma is reduced until the colour exists on a screen."""
    for step in range(21):
        reduced = chroma * (1 - step / 20)
        a, bb = reduced * math.cos(hue), reduced * math.sin(hue)
        lo = (light + 0.3963377774 * a + 0.2158037573 * bb) ** 3
        me = (light - 0.1055613458 * a - 0.0638541728 * bb) ** 3
        sh = (light - 0.0894841775 * a - 1.2914855480 * bb) ** 3
        channels = (
            4.0767416621 * lo - 3.3077115913 * me + 0.2309699292 * sh,
            -1.2684380046 * lo + 2.6097574011 * me - 0.3413193965 * sh,
            -0.0041960863 * lo - 0.7034186147 * me + 1.7076147010 * sh,
        )
        if step == 20 or all(-0.001 <= channel <= 1.001 for channel in channels):
            break
    red, green, blue = (round(255 * _gamma(min(1.0, max(0.0, channel)))) for channel in channels)
    return red, green, blue


def shade(colour: RGB, light: float, chroma_max: float) -> RGB:
    """The same hue at another lightness (0 to 1), its chroma held to `chroma_max`."""
    _, chroma, hue = oklch(colour)
    return from_oklch(light, min(chroma, chroma_max), hue)


def mix(one: RGB, other: RGB, share: float) -> RGB:
    """`share` of the first colour laid over the other, 0 to 1."""
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(one, other, strict=True))
    return red, green, blue


def ink_on(ground: RGB, hues: tuple[RGB, ...]) -> RGB:
    """
    The text colour for a ground: a brand colour that reads comfortably, else a deep shade or a pale tint of the brand.

    At least 4.5:1 against any ground: at the one luminance where brand tones fall short, (2, 2, 3) or white reaches it.
    """
    readable = [hue for hue in hues if contrast(hue, ground) >= _COMFORT_RATIO]
    if readable:
        return max(readable, key=lambda hue: contrast(hue, ground))
    dark, pale = shade(hues[0], 0.22, 0.06), shade(hues[0], 0.985, 0.012)
    chosen = max(dark, pale, key=lambda tone: contrast(tone, ground))
    if contrast(pale, ground) >= TEXT_RATIO:  # designers set white on a mid-tone brand colour as soon as it reads well
        chosen = pale
    if contrast(chosen, ground) < TEXT_RATIO:
        chosen = max((2, 2, 3), (255, 255, 255), key=lambda tone: contrast(tone, ground))
    return chosen


@dataclass(frozen=True)
class Palette:
    """A colour for every role a template may name; `bright` holds other values for some of them, for bright photos."""

    roles: dict[ColourRole, RGB]

    bright: dict[ColourRole, RGB]

    def __getitem__(self, role: ColourRole) -> RGB:
        return self.roles[role]

    def on_bright_photo(self) -> "Palette":
        """The same brand with dark words on a pale scrim instead of white words on a dark one."""
        return Palette({**self.roles, **self.bright}, {})


def palette(brand: BrandStyle, ground: str | None = None) -> Palette:
    """All roles for a brand; `ground` ('#RRGGBB') replaces the first brand colour as the main ground."""
    colours = tuple(dict.fromkeys(([ground.upper()] if ground else []) + [c.upper() for c in brand.colours]))
    return _palette(colours or (_FALLBACK,))


@lru_cache(maxsize=256)
def _palette(colours: tuple[str, ...]) -> Palette:
    hues = tuple(rgb(colour) for colour in colours)
    primary = hues[0]
    strongest = max(hues, key=lambda hue: oklch(hue)[1])  # the most colourful one carries badges and tints
    ink = ink_on(primary, hues)
    surface = shade(strongest, 0.965, 0.022)
    surface_ink = ink_on(surface, hues) if len(hues) > 1 else shade(strongest, 0.25, 0.08)
    deepest = min(hues, key=lambda hue: oklch(hue)[0])
    scrim = shade(deepest, min(0.27, oklch(deepest)[0]), 0.09)
    white = (255, 255, 255)
    accent = _accent(primary, hues, ink)
    surface_accent = _accent(surface, (surface, *hues), surface_ink)
    pop = _accent(scrim, (scrim, *hues), white)
    badge = next((hue for hue in hues[1:] if contrast(hue, surface) >= _SHAPE_RATIO and hue != surface_accent), primary)
    if contrast(badge, surface) < _SHAPE_RATIO and len(hues) == 1:
        badge = surface_ink
    bright = {
        ColourRole.SCRIM: (pale := shade(strongest, 0.97, 0.03)),
        ColourRole.ON_PHOTO: scrim,
        ColourRole.PHOTO_MUTED: scrim,
        ColourRole.POP: (pop_bright := _accent(pale, (pale, *hues), scrim)),
        ColourRole.ON_POP: ink_on(pop_bright, (pop_bright, *hues)),
    }
    return Palette(
        bright=bright,
        roles={
            ColourRole.PRIMARY: primary,
            ColourRole.INK: ink,
            ColourRole.MUTED: _muted(ink, primary),
            ColourRole.ACCENT: accent,
            ColourRole.ON_ACCENT: ink_on(accent, (accent, *hues)),
            ColourRole.DEEP: shade(primary, max(0.12, oklch(primary)[0] - 0.06), 0.3),
            ColourRole.SURFACE: surface,
            ColourRole.SURFACE_INK: surface_ink,
            ColourRole.SURFACE_MUTED: _muted(surface_ink, surface),
            ColourRole.SURFACE_ACCENT: surface_accent,
            ColourRole.ON_SURFACE_ACCENT: ink_on(surface_accent, (surface_accent, *hues)),
            ColourRole.BADGE: badge,
            ColourRole.ON_BADGE: ink_on(badge, (badge, *hues)),
            ColourRole.SCRIM: scrim,
            ColourRole.ON_PHOTO: white,
            ColourRole.PHOTO_MUTED: (238, 239, 242),
            ColourRole.POP: pop,
            ColourRole.ON_POP: ink_on(pop, (pop, *hues)),
        },
    )


def _accent(ground: RGB, hues: tuple[RGB, ...], otherwise: RGB) -> RGB:
    """The brand colour that stands out most on a ground, by colourfulness and contrast together; else the ink."""
    able = [hue for hue in hues[1:] if contrast(hue, ground) >= _SHAPE_RATIO and oklch(hue)[1] > 0.04]
    return max(able, key=lambda hue: oklch(hue)[1] * math.log(contrast(hue, ground)), default=otherwise)


def _muted(ink: RGB, ground: RGB) -> RGB:
    """Ink softened towards the ground, as far as text still reads well (5:1, half a step above the minimum)."""
    for share in (0.78, 0.84, 0.9, 0.95):
        softened = mix(ink, ground, share)
        if contrast(softened, ground) >= TEXT_RATIO + 0.5:
            return softened
    return ink


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


_LINEAR = tuple(_linear(channel / 255) for channel in range(256))


def _gamma(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
