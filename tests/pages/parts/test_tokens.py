"""One set of colours and words: for every stored state, in the theme file and in our own sheet alike."""

import tomllib
from pathlib import Path

import pytest

from pages.parts import tokens

ROOT = Path(__file__).resolve().parents[3]
OF_A_POST = {
    "planned": "Scheduled",
    "due": "Scheduled",
    "preparing": "Publishing",
    "uploading": "Publishing",
    "processing": "Publishing",
    "ready": "Publishing",
    "publishing": "Publishing",
    "published": "Published",
    "failed": "Failed",
    "unconfirmed": "Unconfirmed",
    "held": "On hold",
    "cancelled": "Cancelled",
}


@pytest.mark.parametrize(("stored", "told"), OF_A_POST.items())
def test_every_state_of_a_post_has_a_word_a_tone_and_a_symbol(stored: str, told: str) -> None:
    state = tokens.state_of(stored)
    assert state.label == told
    assert state.tone in tokens.TONES
    assert state.symbol


def test_a_state_nobody_named_is_told_as_it_is_stored() -> None:
    assert tokens.state_of("in_limbo") == tokens.State("In limbo", "gray", "circle")


def test_nothing_that_left_or_is_leaving_can_be_moved() -> None:
    assert set(tokens.STATES) >= tokens.MOVABLE
    told = {tokens.state_of(state).label for state in tokens.MOVABLE}
    assert told.isdisjoint({"Publishing", "Published", "Unconfirmed", "Cancelled"})


def test_the_theme_file_and_the_sheet_use_the_same_values() -> None:
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"]
    for name, tone in tokens.TONES.items():
        light, dark = theme["light"], theme["dark"]
        assert (light[f"{name}Color"], light[f"{name}BackgroundColor"], light[f"{name}TextColor"]) == tone[:3]
        assert (dark[f"{name}Color"], dark[f"{name}BackgroundColor"], dark[f"{name}TextColor"]) == tone[3:]
    assert f"--ld-tx:light-dark({theme['light']['textColor']},{theme['dark']['textColor']})" in tokens.variables()


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_on_pills_and_initials_on_grounds_can_be_read() -> None:
    for tone in tokens.TONES.values():
        assert _contrast(tone.text, tone.pill) >= 4.5
        assert _contrast(tone.dark_text, tone.dark_pill) >= 4.5
    assert all(_contrast("#FFFFFF", ground) >= 4.5 for ground in tokens.GROUNDS)


def test_the_glyph_on_every_channel_can_be_read() -> None:
    for channel in tokens.CHANNELS.values():
        assert _contrast(channel.light, "#FFFFFF") >= 4.4
        assert _contrast(channel.dark, "#111319") >= 4.4


@pytest.mark.parametrize(("name", "told"), [("Ana Holm", "AH"), ("FCTRY", "F"), ("& Co", "C"), ("", "?"), ("🎉", "?")])
def test_initials_come_from_words(name: str, told: str) -> None:
    assert tokens.initials_of(name) == told


def test_a_name_keeps_its_ground() -> None:
    assert tokens.ground_of("Polar Pint") == tokens.ground_of("polar pint") in tokens.GROUNDS
