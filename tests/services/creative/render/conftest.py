"""The cast of drawing tests: two brands, real photos and complete fields in four writing styles."""

from pathlib import Path

import pytest

from services.creative import render

MEDIA = Path(__file__).parents[3] / "fixtures" / "media"
WORDS = {
    "short": {
        "headline": "Made this morning.",
        "subline": "Gone by tonight.",
        "button": "Find a parlour",
        "badge": "2 for 1",
    },
    "long": {
        "headline": "See the valley wake up from a thousand metres above it",
        "subline": "Sunrise flights every Saturday and Sunday from April to October, breakfast and a photo included.",
        "button": "Book your sunrise flight",
        "badge": "−25 %",
    },
    "german": {
        "headline": "Handwerkerfreundlichkeits-Versprechen für Terrassenüberdachungen",
        "subline": "Fünf Jahre Gewährleistung auf Edelstahlverbindungselemente und Montage.",
        "button": "Beratungstermin vereinbaren",
        "badge": "Jetzt neu",
    },
    "arabic": {
        "headline": "طعم الصيف في كل يوم",
        "subline": "احصل على خصم 50% مع Lumo قبل الساعة 10:30 مساءً.",
        "button": "اطلب الآن",
        "badge": "خصم 50%",
    },
}


@pytest.fixture(scope="session")
def photos() -> dict[str, bytes]:
    """Three real photos by name."""
    return {path.stem: path.read_bytes() for path in sorted(MEDIA.glob("*.jpg"))}


@pytest.fixture
def brand() -> render.BrandStyle:
    """An ice-cream maker: a pale ground and a dark brown."""
    return render.BrandStyle(name="morrow", colours=("#FFD9A0", "#4A2306"))


@pytest.fixture
def words() -> dict[str, dict[str, str]]:
    """Complete texts: short and long English, German compounds, Arabic with digits and a Latin name."""
    return {name: {**texts, "picture": "ice-cream"} for name, texts in WORDS.items()}
