"""Templates as data: what a person fills in and the layers an ad is drawn from."""

from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from services.creative.render.placements import Placement

Ratio = Annotated[float, Field(ge=-0.5, le=1.5)]
BoxRatios = tuple[Ratio, Ratio, Annotated[float, Field(gt=0, le=1.5)], Annotated[float, Field(gt=0, le=1.5)]]


class Frozen(BaseModel):
    """A value that never changes and takes no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ColourRole(StrEnum):
    """What a colour is for; `colours.palette` gives each role its value for a brand."""

    PRIMARY = "brand.primary"
    INK = "brand.ink"
    MUTED = "brand.muted"
    ACCENT = "brand.accent"
    ON_ACCENT = "brand.on_accent"
    DEEP = "brand.deep"
    SURFACE = "surface.ground"
    SURFACE_INK = "surface.ink"
    SURFACE_MUTED = "surface.muted"
    SURFACE_ACCENT = "surface.accent"
    ON_SURFACE_ACCENT = "surface.on_accent"
    BADGE = "badge.fill"
    ON_BADGE = "badge.ink"
    SCRIM = "photo.scrim"
    ON_PHOTO = "photo.ink"
    PHOTO_MUTED = "photo.muted"
    POP = "photo.accent"
    ON_POP = "photo.on_accent"


class FieldKind(StrEnum):
    """What a person fills in: words, a picture from the library, a logo, or one of the brand's colours."""

    TEXT = "text"
    IMAGE = "image"
    LOGO = "logo"
    COLOUR = "colour"


class TemplateField(Frozen):
    """One thing a person fills in. `max_length` is a hint in characters for the counter, not a limit."""

    name: str
    label: str
    kind: FieldKind
    required: bool = False
    max_length: int | None = None
    hint: str = ""


class Corners(Frozen):
    """Corner radii in pixels at 1080 wide; mirrored with the layout for right-to-left ads."""

    top_start: int = 0
    top_end: int = 0
    bottom_start: int = 0
    bottom_end: int = 0


class _Layer(Frozen):
    """
    What all layers share.

    `box` is x, y, width, height as shares of the canvas, x from the start side (left, or right in right-to-left ads).
    A layer with `stack` is placed by that stack instead. `below` holds its top edge to the end of a stack plus
    `below_gap` pixels when the stack reaches further down; `above` holds its bottom edge to the start of a stack less
    `above_gap` pixels. Pictures and areas stretch, other layers move. `per_placement`: changed properties by placement.
    """

    name: str
    box: BoxRatios | None = None
    stack: str | None = None
    gap: int = 0
    below: str | None = None
    below_gap: int = 0
    above: str | None = None
    above_gap: int = 0
    z: int = 0
    hidden: bool = False
    per_placement: dict[Placement, dict[str, Any]] = {}

    def at(self, placement: Placement) -> Self:
        """The layer with its changes for one placement applied and checked."""
        changes = self.per_placement.get(placement)
        if not changes:
            return self
        kept = self.model_dump(exclude={"per_placement"})
        return self.model_validate({**kept, **changes})

    @model_validator(mode="after")
    def _is_placed(self) -> Self:
        if (self.box is None) == (self.stack is None):
            raise ValueError(f"layer {self.name} needs either a box or a stack")
        return self


class ImageLayer(_Layer):
    """A photo covering its box, or a cut-out (a picture with transparency) standing in it."""

    type: Literal["image"]
    field: str
    fit: Literal["cover", "contain"] = "cover"
    corners: Corners = Corners()


class ShapeLayer(_Layer):
    """
    A plain area, or a scrim: a soft shadow from one side, only as strong as the texts of the stack it `serves` need.

    `strength` is the least and the most opacity, 0 to 1; beyond the texts it fades out over `fade` pixels.
    """

    type: Literal["shape"]
    kind: Literal["rect", "scrim"] = "rect"
    colour: ColourRole
    corners: Corners = Corners()
    side: Literal["top", "bottom", "start"] = "bottom"
    strength: tuple[float, float] = (0.0, 1.0)
    fade: int = Field(default=320, gt=0)
    serves: str | None = None


class _Lettered(_Layer):
    field: str
    min_size: int = Field(gt=7)
    max_size: int
    max_lines: int = Field(default=1, ge=1)
    weight: int = Field(default=400, ge=100, le=900)
    colour: ColourRole

    @model_validator(mode="after")
    def _sizes_in_order(self) -> Self:
        if self.min_size > self.max_size:
            raise ValueError(f"layer {self.name}: min_size is above max_size")
        return self


class TextLayer(_Lettered):
    """Words set as large as their box allows. `leading` is the line distance as a multiple of the size."""

    type: Literal["text"]
    display: bool = False
    leading: float = 1.3
    anchor: Literal["start", "centre", "end"] = "start"


class ButtonLayer(_Lettered):
    """A rounded button as wide as its words."""

    type: Literal["button"]
    fill: ColourRole


class BadgeLayer(_Lettered):
    """A round seal with a few big letters; `tilt` in degrees, anticlockwise."""

    type: Literal["badge"]
    fill: ColourRole
    tilt: float = 0.0


class LogoLayer(_Layer):
    """
    The brand's logo, or its name in type when there is no logo.

    `colour` is the ink for the name; `dark` replaces it where it stands out better from a bright photo.
    """

    type: Literal["logo"]
    field: str = "logo"
    size: int
    colour: ColourRole
    dark: ColourRole | None = None


Layer = Annotated[
    ImageLayer | ShapeLayer | TextLayer | ButtonLayer | BadgeLayer | LogoLayer, Field(discriminator="type")
]


class Stack(Frozen):
    """Layers set one under the other inside a box, held to its top, centre or bottom."""

    box: BoxRatios
    anchor: Literal["top", "centre", "bottom"] = "top"
    per_placement: dict[Placement, dict[str, Any]] = {}

    def at(self, placement: Placement) -> "Stack":
        """The stack as it is in one placement."""
        kept = self.model_dump(exclude={"per_placement"})
        return Stack.model_validate({**kept, **self.per_placement.get(placement, {})})


class Template(Frozen):
    """An ad's design as data: what a person fills in, and the layers it is drawn from."""

    name: str
    label: str
    description: str
    version: int
    fields: tuple[TemplateField, ...]
    ground: ColourRole
    stacks: dict[str, Stack] = {}
    layers: tuple[Layer, ...]

    @model_validator(mode="after")
    def _names_agree(self) -> Self:
        known = {field.name for field in self.fields}
        for layer in self.layers:
            for place in Placement:
                there = layer.at(place)
                if getattr(there, "field", None) not in known | {None}:
                    raise ValueError(f"layer {layer.name} shows an unknown field")
                if {there.stack, there.below, there.above} - set(self.stacks) - {None}:
                    raise ValueError(f"layer {layer.name} names an unknown stack")
        for stack in self.stacks.values():
            for place in Placement:
                stack.at(place)
        return self
