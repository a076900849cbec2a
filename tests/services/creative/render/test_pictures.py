"""Photos: opened with care, cropped with sense."""

import io

import pytest
from PIL import Image, ImageCms, ImageDraw

from services.creative import render
from services.creative.render.painting import Pictures, pictures


def encoded(picture: Image.Image, kind: str = "PNG", **more) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        encoded(Image.new("RGB", (9, 9)), "BMP"),
        b"\xff\xd8\xff\xe0junk",
    ],
    ids=["empty", "svg", "bmp", "broken"],
)
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(render.PictureUnreadable):
        Pictures({"a": content}).open("a")


def test_a_truncated_photo_is_refused(photos):
    with pytest.raises(render.PictureUnreadable):
        Pictures({"a": photos["ice-cream"][:9000]}).open("a")


def test_a_small_file_with_a_huge_canvas_is_refused():
    bomb = encoded(Image.new("1", (9000, 9000)))
    assert len(bomb) < 20_000
    with pytest.raises(render.PictureUnreadable, match="60 million"):
        Pictures({"a": bomb}).open("a")


def test_a_photo_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert Pictures({"a": encoded(Image.new("RGB", (40, 20)), "JPEG", exif=exif)}).open("a").size == (20, 40)


def test_print_colours_and_profiles_become_screen_colours():
    cmyk = encoded(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "JPEG")
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    tagged = encoded(Image.new("RGB", (8, 8), (200, 30, 40)), "PNG", icc_profile=srgb)
    broken = encoded(Image.new("RGB", (8, 8), (200, 30, 40)), "PNG", icc_profile=b"no profile at all" * 20)
    held = Pictures({"cmyk": cmyk, "tagged": tagged, "broken": broken})
    assert held.open("cmyk").mode == "RGB" and held.open("cmyk").getpixel((4, 4))[0] > 200
    assert all(abs(a - b) < 4 for a, b in zip(held.open("tagged").getpixel((4, 4)), (200, 30, 40), strict=True))
    assert held.open("broken").getpixel((4, 4)) == (200, 30, 40)


def test_a_crop_keeps_the_subject():
    scene = Image.new("RGB", (1200, 400), (235, 225, 210))
    ImageDraw.Draw(scene).ellipse((860, 60, 1140, 340), fill=(180, 20, 60))
    cut = Pictures({"a": encoded(scene)}).cover("a", 400, 400)
    red = sum(1 for x in range(0, 400, 4) for y in range(0, 400, 4) if cut.getpixel((x, y))[1] < 90)
    assert red * 16 > 0.9 * 3.14159 * 140 * 140


def test_a_crop_does_not_behead_what_is_taller_than_the_frame(photos):
    wide = Pictures(photos).cover("ice-cream", 1000, 550)
    scoop = wide.resize((100, 55)).crop((30, 0, 70, 14))
    pink = [p for p in scoop.get_flattened_data() if p[2] > 180]
    assert len(pink) > 150


def test_a_transparent_picture_stands_whole_on_the_ground(brand):
    cut = Image.new("RGBA", (600, 900), (0, 0, 0, 0))
    ImageDraw.Draw(cut).rectangle((100, 100, 500, 800), fill=(10, 160, 90, 255))
    held = Pictures({"a": encoded(cut)})
    assert held.is_cutout("a") and held.contain("a", 300, 300).size == (172, 300)
    fields = {"headline": "Hello", "picture": "a"}
    done = render.render(render.template("headline"), fields, brand, render.Placement.FEED, {"a": encoded(cut)})
    picture = Image.open(io.BytesIO(done.content))
    assert all(abs(a - b) < 6 for a, b in zip(picture.getpixel((1060, 900)), (255, 217, 160), strict=True))


def test_a_dark_logo_on_a_dark_ground_gets_a_plate():
    logo = Image.new("RGBA", (400, 100), (0, 0, 0, 0))
    ImageDraw.Draw(logo).rectangle((0, 30, 400, 70), fill=(10, 20, 30, 255))
    dark = render.BrandStyle(name="Night", colours=("#0A1A2A",), logo="logo")
    done = render.render(
        render.template("headline"), {"headline": "Hello"}, dark, render.Placement.FEED, {"logo": encoded(logo)}
    )
    corner = Image.open(io.BytesIO(done.content)).convert("L").crop((60, 60, 260, 140))
    assert max(corner.tobytes()) > 240


def test_the_store_of_decoded_pictures_forgets_the_oldest():
    shelf = pictures._Shelf(limit_bytes=3 * 100)
    for name in ("a", "b"):
        shelf.put((name,), Image.new("RGB", (10, 9)))
    assert shelf.get(("a",)) is None and shelf.get(("b",)) is not None
