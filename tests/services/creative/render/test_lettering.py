"""Setting type: faces, direction, line breaks and sizes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.creative.render.lettering import (
    Limits,
    Style,
    advance,
    clean,
    fit,
    font,
    is_rtl,
    missing_glyphs,
    visual_runs,
)
from services.creative.render.lettering.breaks import break_points, tokens
from services.creative.render.lettering.faces import Face

BOLD = Style(800, display=True)


def test_letters_are_kerned():
    pair = font(BOLD, 200).getlength("AV")
    assert pair < font(BOLD, 200).getlength("A") + font(BOLD, 200).getlength("V") - 5


def test_the_weight_of_a_variable_font_is_really_set():
    assert advance("Morning", Style(800)) > advance("Morning", Style(400)) * 1.05


def test_widths_grow_linearly_with_the_size():
    wide, narrow = font(BOLD, 150).getlength("Made this morning"), font(BOLD, 30).getlength("Made this morning")
    assert wide / 150 == pytest.approx(narrow / 30, rel=0.001)


@pytest.mark.parametrize("text", ["Grüße", "Łódź", "Ψυχή", "Лето", "₺ 20", "خصم ٥٠٪", "→ ✓", "Việt"])
def test_the_faces_together_cover_european_and_arabic_text(text):
    assert missing_glyphs(text) == ()


def test_emoji_and_foreign_scripts_are_named_and_left_out():
    assert missing_glyphs("Ice 🍦 cream 日本 🍦") == ("🍦", "日", "本")
    assert clean("Ice 🍦 cream\ufe0f 日本!") == "Ice cream\ufe0f !"


def test_direction_overrides_cannot_disguise_a_text():
    assert clean("pay\u202egpj\u202c now") == "paygpj now"


def test_the_first_strong_letter_decides_the_direction():
    assert is_rtl("50% خصم") and not is_rtl("50% off خصم") and not is_rtl("1 2 3")


def test_digits_in_an_arabic_line_stay_in_reading_order():
    runs = visual_runs("قبل 10:30 مساءً", Face.ARABIC, True)
    assert [run.text.strip() for run in runs] == ["مساءً", "10:30", "قبل"]
    assert [run.rtl for run in runs] == [True, False, True]


def test_a_share_at_the_start_of_a_later_arabic_line_stands_as_within_one():
    within = visual_runs("خصم 50%", Face.ARABIC, True)
    alone = visual_runs("50%", Face.ARABIC, True, continues=True)
    assert [run.text for run in within][:2] == [run.text for run in alone] == ["%", "50"]


def test_a_latin_name_inside_arabic_reads_left_to_right():
    runs = visual_runs("مع Lumo Ice الآن", Face.ARABIC, True)
    assert "Lumo Ice" in [run.text for run in runs if not run.rtl]


def test_an_arabic_name_inside_english_takes_its_own_face():
    runs = visual_runs("Say مرحبا today", Face.INTER, False)
    assert [(run.face, run.rtl) for run in runs if run.text.strip() == "مرحبا"] == [(Face.ARABIC, True)]
    assert runs[0].text.startswith("Say") and runs[-1].text.endswith("today")


def test_numbers_keep_their_signs():
    assert [t.text for t in tokens("Jetzt −20 % und € 5 sparen")] == [
        "Jetzt",
        "−20\u00a0%",
        "und",
        "€\u00a05",
        "sparen",
    ]


def test_a_compound_may_break_after_its_hyphen():
    assert [(t.text, t.spaced) for t in tokens("Wasch-Trockner")] == [("Wasch-", True), ("Trockner", False)]


def test_soft_hyphens_beat_our_own_syllables():
    assert break_points("Lebens\u00admittel") == (7,)
    assert break_points("مستشفىمستشفى") == ()


def test_compounds_break_where_their_second_word_begins():
    word = "Terrassenüberdachung"
    assert {word[:p] for p in break_points(word)} >= {"Terrassen"} and "Terrassenü" not in {
        word[:p] for p in break_points(word)
    }


def test_a_long_word_shrinks_before_it_is_hyphenated():
    fitted = fit("Terrassenüberdachung", BOLD, Limits(900, 50, 150, 3))
    assert fitted.lines == ("Terrassenüberdachung",)


def test_a_very_long_word_is_hyphenated_rather_than_tiny():
    fitted = fit("Sommerschlussverkaufsvorbereitungen", BOLD, Limits(936, 40, 130, 3))
    assert len(fitted.lines) > 1 and not fitted.overflow
    assert all(line.endswith("-") for line in fitted.lines[:-1])


def test_lines_are_balanced_so_that_no_word_stands_alone():
    fitted = fit("Everything you need for summer in town", BOLD, Limits(940, 60, 80, 2))
    widths = [advance(line, BOLD) for line in fitted.lines]
    assert len(widths) == 2 and min(widths) > 0.6 * max(widths)


def test_a_text_that_cannot_fit_is_cut_with_an_ellipsis_and_says_so():
    fitted = fit("word " * 80, BOLD, Limits(600, 60, 90, 2))
    assert fitted.overflow and fitted.lines[-1].endswith("…") and len(fitted.lines) == 2


@settings(max_examples=60)
@given(st.text(alphabet="abcdeimnrstuöß-0123 ع لمس%\u00ad", max_size=120), st.integers(200, 900))
def test_no_line_is_ever_wider_than_its_box(text, width):
    cleaned = clean(text)
    fitted = fit(cleaned, BOLD, Limits(width, 30, 120, 4))
    assert len(fitted.lines) <= 4
    for line in fitted.lines:
        drawn = sum(
            font(BOLD, fitted.size, run.face).getlength(run.text, direction="rtl" if run.rtl else "ltr")
            for run in visual_runs(line, BOLD.face, is_rtl(line))
        )
        assert drawn <= width * 1.02
