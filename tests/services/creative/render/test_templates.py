"""Templates as data."""

import pytest
from pydantic import ValidationError

from services.creative import render
from services.creative.render.layers import FieldKind, Template, TextLayer

BASE = {
    "name": "x",
    "label": "X",
    "description": "",
    "version": 1,
    "ground": "brand.primary",
    "fields": [{"name": "headline", "label": "Headline", "kind": "text"}],
}
LAYER = {
    "type": "text",
    "name": "headline",
    "field": "headline",
    "box": [0, 0, 1, 1],
    "min_size": 20,
    "max_size": 40,
    "colour": "brand.ink",
}


def built(**changes) -> Template:
    return Template.model_validate({**BASE, "layers": [{**LAYER, **changes}]})


def test_three_designs_are_offered_in_order():
    assert [design.name for design in render.templates()] == ["headline", "photo", "offer"]


@pytest.mark.parametrize("design", render.templates(), ids=lambda design: design.name)
def test_every_field_of_a_design_is_drawn_or_picks_a_colour(design):
    shown = {getattr(layer, "field", None) for layer in design.layers}
    assert {field.name for field in design.fields if field.kind is not FieldKind.COLOUR} <= shown


def test_words_keep_their_field_names_across_designs():
    shared = {"headline", "subline", "button", "picture", "logo"}
    assert all(shared <= {field.name for field in design.fields} for design in render.templates())


def test_an_unknown_design_is_not_found():
    with pytest.raises(render.TemplateUnknown, match="banner"):
        render.template("banner")


def test_a_change_for_one_size_leaves_the_others_alone():
    layer = built(per_placement={"story": {"max_size": 90}}).layers[0]
    story, feed = layer.at(render.Placement.STORY), layer.at(render.Placement.FEED)
    assert isinstance(story, TextLayer) and isinstance(feed, TextLayer)
    assert (story.max_size, feed.max_size) == (90, 40)


@pytest.mark.parametrize(
    "changes",
    [
        {"field": "price"},
        {"box": None},
        {"box": None, "stack": "copy"},
        {"colour": "brand.mauve"},
        {"min_size": 60},
        {"per_placement": {"story": {"max_size": 10}}},
        {"per_placement": {"billboard": {}}},
        {"colour_": "brand.ink"},
    ],
)
def test_a_design_with_a_mistake_is_refused_when_it_is_read(changes):
    with pytest.raises(ValidationError):
        built(**changes)
