"""Making and changing brands."""

import io

import pytest
from PIL import Image

from services import brands, identity
from tests.makers.cast import Cast, make_org
from tests.makers.identity import audited
from tests.makers.world import World

FIELDS = brands.BrandFields(name="Gelato", web_address="gelato.example", time_zone="Europe/Oslo", colours=("#112233",))


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, "PNG")
    return out.getvalue()


def test_a_made_brand_is_listed_after_the_first(world: World, cast: Cast) -> None:
    with world.web.tx(cast.ana) as tx:
        made = brands.create_brand(tx, FIELDS, "key.png")
        assert {one.name for one in brands.brands(tx)} == {"Acme", "Gelato"}
        brand = brands.brand(tx, made)
    assert (brand.web_address, brand.colours, brand.logo_key) == ("https://gelato.example", ["#112233"], "key.png")
    assert audited(world, cast.acme, "created") == 1


def test_a_change_without_a_logo_keeps_the_logo(world: World, cast: Cast) -> None:
    brands.change_brand(world.web, cast.ana, cast.brand, FIELDS, _png())
    with world.web.tx(cast.ana) as tx:
        first = brands.brand(tx, cast.brand)
    assert first.name == "Gelato" and first.logo_key is not None
    with world.web.files.open(first.logo_key) as stored:
        assert stored.read(4) == b"\x89PNG"
    brands.change_brand(world.web, cast.ana, cast.brand, FIELDS.model_copy(update={"name": "Ice"}), b"")
    with world.web.tx(cast.ana) as tx:
        second = brands.brand(tx, cast.brand)
    assert (second.name, second.logo_key) == ("Ice", first.logo_key)


def test_a_refused_change_leaves_no_logo_behind(world: World, cast: Cast) -> None:
    wrong = FIELDS.model_copy(update={"time_zone": "Mars/Olympus"})
    with pytest.raises(brands.TimeZoneWrong):
        brands.change_brand(world.web, cast.ana, cast.brand, wrong, _png())
    assert list(world.web.files.list(f"{cast.acme}/")) == []


def test_editors_and_viewers_change_no_brand(world: World, cast: Cast) -> None:
    for scope in (cast.ben, cast.vera):
        with pytest.raises(identity.RoleTooLow):
            brands.change_brand(world.web, scope, cast.brand, FIELDS, b"")
        with world.web.tx(scope) as tx, pytest.raises(identity.RoleTooLow):
            brands.create_brand(tx, FIELDS)


def test_an_outsider_neither_sees_nor_changes_it(world: World, cast: Cast) -> None:
    with world.web.tx(cast.cleo) as tx:
        assert brands.brands(tx) == []
        with pytest.raises(brands.BrandNotFound):
            brands.brand(tx, cast.brand)
        with pytest.raises(brands.BrandNotFound):
            brands.update_brand(tx, cast.brand, FIELDS)


def test_a_brand_of_nowhere_is_not_found(world: World, cast: Cast) -> None:
    with pytest.raises(brands.BrandNotFound):
        brands.change_brand(world.web, cast.ana, make_org(world, "Nowhere"), FIELDS, b"")
