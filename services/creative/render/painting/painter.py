"""Drawing a solved layout with Pillow. Knows nothing of templates' rules; every place and size was decided before."""

from PIL import Image, ImageDraw

from services.creative.render.layers import (
    BadgeLayer,
    ButtonLayer,
    ColourRole,
    Corners,
    ImageLayer,
    LogoLayer,
    ShapeLayer,
    TextLayer,
)
from services.creative.render.layout.placed import Layout, Placed, SetText
from services.creative.render.lettering import font, visual_runs
from services.creative.render.painting import shapes
from services.creative.render.painting.colours import RGB, Palette, contrast, luminance
from services.creative.render.painting.contrast import needed_ratio, samples, worst_ratio
from services.creative.render.painting.pictures import Pictures
from services.creative.render.painting.scrims import Served, plan_scrim

_BRIGHT = 0.42  # mean relative luminance; white words would need a scrim that takes the light out of such a photo
_LOGO_NEEDS = 1.9  # below this a logo melts into its ground and gets a plate


class Painter:
    """One ad being drawn at `scale` (1.0 is the full size). `ratios` collects text contrast by layer name."""

    def __init__(self, layout: Layout, palette: Palette, ground: ColourRole, pictures: Pictures, scale: float) -> None:
        self.layout = layout
        self.palette = palette
        self.pictures = pictures
        self.scale = scale
        size = round(layout.width * scale), round(layout.height * scale)
        self.canvas = Image.new("RGB", size, palette[ground])
        self.draw = ImageDraw.Draw(self.canvas)
        self.ratios: dict[str, float] = {}

    def paint(self) -> Image.Image:
        """Draw every layer, the back ones first."""
        if self._is_on_bright_photo():
            self.palette = self.palette.on_bright_photo()
        for item in self.layout.placed:
            match item.layer:
                case ImageLayer():
                    self._image(item, item.layer)
                case ShapeLayer():
                    self._shape(item, item.layer)
                case LogoLayer():
                    self._logo(item, item.layer)
                case BadgeLayer():
                    self._badge(item, item.layer)
                case ButtonLayer():
                    self._button(item, item.layer)
                case TextLayer() if item.text:
                    self._text(item.layer.name, item.text, self.palette[item.layer.colour])
        return self.canvas

    def _image(self, item: Placed, layer: ImageLayer) -> None:
        left, top, right, bottom = item.box.pixels(self.scale)
        width, height = right - left, bottom - top
        key = item.picture
        if key is None or width < 1 or height < 1:
            return
        if layer.fit == "contain" or self.pictures.is_cutout(key):
            self._cutout(key, (left, top, width, height))
            return
        photo = self.pictures.cover(key, width, height)
        mask = shapes.rounded(width, height, self._radii(layer.corners, item.rtl))
        self.canvas.paste(photo.convert("RGB"), (left, top), mask)

    def _cutout(self, key: str, area: tuple[int, int, int, int]) -> None:
        """A picture with transparency, standing in the middle of its box on a soft shadow of its own outline."""
        left, top, width, height = area
        cut = self.pictures.contain(key, round(width * 0.9), round(height * 0.9))
        at = left + (width - cut.width) // 2, top + (height - cut.height) // 2
        if cut.mode == "RGBA":
            alpha = cut.getchannel("A")
            blur = 28 * self.scale
            shapes.shadow(self.canvas, alpha, at, blur=blur, drop=round(18 * self.scale), opacity=0.28)
            self.canvas.paste(cut.convert("RGB"), at, alpha)
        else:
            self.canvas.paste(cut, at)

    def _shape(self, item: Placed, layer: ShapeLayer) -> None:
        if layer.kind == "scrim":
            self._scrim(item, layer)
            return
        left, top, right, bottom = item.box.pixels(self.scale)
        if right - left < 1 or bottom - top < 1:
            return
        mask = shapes.rounded(right - left, bottom - top, self._radii(layer.corners, item.rtl))
        self.canvas.paste(self.palette[layer.colour], (left, top), mask)

    def _scrim(self, item: Placed, scrim: ShapeLayer) -> None:
        side = ("right" if item.rtl else "left") if scrim.side == "start" else scrim.side
        served = [
            Served(self._ink(layer, other.text), other.text.box.pixels(self.scale), _needs(other.text, layer))
            for other in self.layout.placed
            if (layer := other.layer).stack == scrim.serves and isinstance(layer, TextLayer | LogoLayer) and other.text
        ]
        plan = plan_scrim(self.canvas, side, served, self.palette[scrim.colour], scrim.fade * self.scale)
        plan.lay(self.canvas, scrim.strength)

    def _is_on_bright_photo(self) -> bool:
        """Whether words stand on a photo so bright that dark ones suit it better; the same answer for every size."""
        scrims = [p for p in self.layout.placed if isinstance(p.layer, ShapeLayer) and p.layer.kind == "scrim"]
        photos = [p.picture for p in self.layout.placed if p.picture and isinstance(p.layer, ImageLayer)]
        return bool(scrims and photos) and self.pictures.brightness(photos[0]) > _BRIGHT

    def _logo(self, item: Placed, layer: LogoLayer) -> None:
        if item.text:
            self._text(layer.name, item.text, self._ink(layer, item.text))
            return
        if item.picture is None:
            return
        left, top, right, bottom = item.box.pixels(self.scale)
        mark = self.pictures.contain(item.picture, right - left, bottom - top)
        x = right - mark.width if item.rtl else left
        y = top + (bottom - top - mark.height) // 2
        if mark.mode != "RGBA" or not self.pictures.is_cutout(item.picture):
            radius = round(10 * self.scale)
            self.canvas.paste(mark.convert("RGB"), (x, y), shapes.rounded(mark.width, mark.height, (radius,) * 4))
            return
        alpha = mark.getchannel("A")
        tone = _average(mark)
        if contrast(tone, self._ground_at((x, y, x + mark.width, y + mark.height))) < _LOGO_NEEDS:
            self._plate((x, y, mark.width, mark.height), luminance(tone) < 0.35)
        self.canvas.paste(mark.convert("RGB"), (x, y), alpha)

    def _ink(self, layer: TextLayer | LogoLayer, text: SetText) -> RGB:
        """A text's colour; a brand's name takes its second ink where that stands out better from the photo."""
        ink = self.palette[layer.colour]
        if isinstance(layer, TextLayer) or layer.dark is None:
            return ink
        under = samples(self.canvas, text.box.pixels(self.scale))
        return max(ink, self.palette[layer.dark], key=lambda tone: worst_ratio(under, tone))

    def _plate(self, area: tuple[int, int, int, int], light: bool) -> None:
        """A small rounded ground behind a logo that would not be seen."""
        x, y, width, height = area
        pad = round(14 * self.scale)
        mask = shapes.rounded(width + 2 * pad, height + 2 * pad, (pad, pad, pad, pad))
        colour = (255, 255, 255) if light else self.palette[ColourRole.SCRIM]
        self.canvas.paste(colour, (x - pad, y - pad), mask)

    def _ground_at(self, area: tuple[int, int, int, int]) -> RGB:
        found = samples(self.canvas, area)
        count = max(1, len(found))
        return (
            sum(colour[0] for colour in found) // count,
            sum(colour[1] for colour in found) // count,
            sum(colour[2] for colour in found) // count,
        )

    def _button(self, item: Placed, layer: ButtonLayer) -> None:
        left, top, right, bottom = item.box.pixels(self.scale)
        radius = (bottom - top) // 2
        mask = shapes.rounded(right - left, bottom - top, (radius,) * 4)
        self.canvas.paste(self.palette[layer.fill], (left, top), mask)
        if item.text:
            self._text(layer.name, item.text, self.palette[layer.colour])

    def _badge(self, item: Placed, layer: BadgeLayer) -> None:
        """A seal with its words, drawn flat, then tilted as one piece."""
        left, top, right, _ = item.box.pixels(self.scale)
        side = right - left
        fill, ink = self.palette[layer.fill], self.palette[layer.colour]
        tile = Image.new("RGB", (side, side), fill)
        mask = shapes.seal(side)
        if item.text:
            self._lines(ImageDraw.Draw(tile), item.text, ink, offset=(item.box.x, item.box.y))
            self.ratios[layer.name] = contrast(fill, ink)
        if layer.tilt:
            angle = -layer.tilt if item.rtl else layer.tilt
            tile = tile.rotate(angle, Image.Resampling.BICUBIC, fillcolor=fill)
            mask = mask.rotate(angle, Image.Resampling.BICUBIC)
        blur = 16 * self.scale
        shapes.shadow(self.canvas, mask, (left, top), blur=blur, drop=round(6 * self.scale), opacity=0.18)
        self.canvas.paste(tile, (left, top), mask)

    def _text(self, name: str, text: SetText, ink: RGB) -> None:
        """Measure what is beneath, then draw."""
        self.ratios[name] = worst_ratio(samples(self.canvas, text.box.pixels(self.scale)), ink)
        self._lines(self.draw, text, ink)

    def _lines(
        self, draw: ImageDraw.ImageDraw, text: SetText, ink: RGB, offset: tuple[float, float] = (0.0, 0.0)
    ) -> None:
        size = text.size * self.scale
        for i, line in enumerate(text.lines):
            runs = visual_runs(line.text, text.style.face, text.rtl, continues=i > 0)
            fonts = [font(text.style, size, run.face) for run in runs]
            ways = ["rtl" if run.rtl else "ltr" for run in runs]
            widths = [f.getlength(r.text, direction=w) for f, r, w in zip(fonts, runs, ways, strict=True)]
            x = (line.x - offset[0]) * self.scale - {"l": 0.0, "m": 0.5, "r": 1.0}[line.anchor] * sum(widths)
            y = (line.baseline - offset[1]) * self.scale
            for run, face, way, width in zip(runs, fonts, ways, widths, strict=True):
                draw.text((x, y), run.text, fill=ink, font=face, anchor="ls", direction=way)
                x += width

    def _radii(self, corners: Corners, rtl: bool) -> tuple[int, int, int, int]:
        scaled = [
            round(radius * self.scale)
            for radius in (corners.top_start, corners.top_end, corners.bottom_start, corners.bottom_end)
        ]
        top_left, top_right, bottom_left, bottom_right = scaled
        return (
            (top_right, top_left, bottom_right, bottom_left)
            if rtl
            else (top_left, top_right, bottom_left, bottom_right)
        )


def _needs(text: SetText, layer: TextLayer | LogoLayer) -> float:
    return needed_ratio(text.size, text.style.weight, logotype=isinstance(layer, LogoLayer))


def _average(mark: Image.Image) -> RGB:
    """The mean colour of what is visible in a logo."""
    small = mark.resize((24, 24), Image.Resampling.BOX).tobytes()
    weight = sum(small[3::4]) or 1
    red, green, blue = (sum(c * a for c, a in zip(small[i::4], small[3::4], strict=True)) // weight for i in range(3))
    return red, green, blue
