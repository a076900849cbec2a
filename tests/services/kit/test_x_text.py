"""How X counts: links 23, emoji 2, light ranges 1, everything else 2."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.x_text import (
    link_spans,
    longest_part,
    parts_of,
    weighted_length,
)

WORDS = st.text(st.sampled_from("abc xyzäß,!"), max_size=40)
FAMILY = "\U0001f468‍\U0001f469‍\U0001f467‍\U0001f466"


def _links(text: str) -> list[str]:
    return [text[start:end] for start, end in link_spans(text)]


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("Fresh today.", 12),
        ("über", 4),
        ("ひんやり", 8),
        ("“Quote” – dash…", 16),  # the ellipsis is heavy, quotes and dashes are light
        ("👍", 2),
        ("👍🏽", 2),
        (FAMILY, 2),
        ("❤️", 2),
        ("1️⃣", 2),
        ("🇩🇪🇫🇷", 4),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 2),
        ("© ©️", 4),
        ("é", 1),  # two code points, one letter after NFC
        ("See https://shop.example.com/a?utm_content=p_0123456789ab now", 4 + 23 + 4),
        ("foo.jp", 23),
        ("a@foo.jp", 8),
    ],
)
def test_a_text_weighs_what_x_says(text: str, length: int) -> None:
    assert weighted_length(text) == length


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("(http://example.com/a_(b)_c)", ["http://example.com/a_(b)_c"]),
        ("Go to example.com.", ["example.com"]),
        ("example.com/menu?x=1, then", ["example.com/menu?x=1"]),
        ("日本語example.jp日本語", ["example.jp"]),
        ("http://müller.de/straße", ["http://müller.de/straße"]),
        ("http://例え.テスト", []),
        ("end.of sentence", []),
        ("file.notatopdomain", []),
        ("#example.com @example.com $example.com", []),
        ("-example.com", []),
        ("http://a_b.com http://sub_domain.example.com", ["http://sub_domain.example.com"]),
        ("https://t.co/abc's", ["https://t.co/abc"]),
        (f"https://{'a' * 64}.com", []),
        (f"https://example.com/{'a' * 5_000}", []),
        ("HTTPS://EXAMPLE.COM", ["HTTPS://EXAMPLE.COM"]),
    ],
)
def test_what_x_turns_into_a_link_counts_as_one(text: str, links: list[str]) -> None:
    assert _links(text) == links


@given(WORDS)
def test_plain_letters_weigh_one_each(text: str) -> None:
    assert weighted_length(text) == len(text)


@given(st.text())
def test_any_text_has_a_length_between_none_and_two_for_each_sign(text: str) -> None:
    links = 23 * len(link_spans(unicodedata.normalize("NFC", text)))
    assert 0 <= weighted_length(text) <= 2 * len(unicodedata.normalize("NFC", text)) + links


@given(st.text())
def test_the_form_of_a_letter_does_not_matter(text: str) -> None:
    assert weighted_length(text) == weighted_length(unicodedata.normalize("NFC", text))
    assert weighted_length(unicodedata.normalize("NFD", text)) == weighted_length(text)


@given(WORDS, st.text(st.sampled_from("abcdef0123456789/-_"), max_size=200))
def test_a_link_weighs_the_same_however_long(words: str, path: str) -> None:
    assert weighted_length(f"{words} https://example.com/{path}x") == weighted_length(f"{words} https://example.com")


@given(st.lists(st.sampled_from(["👍", "❤️", FAMILY, "👋🏿", "🇩🇪", "3️⃣"]), max_size=20))
def test_every_emoji_weighs_two_however_it_is_put_together(emoji: list[str]) -> None:
    assert weighted_length(" ".join(emoji)) == 2 * len(emoji) + max(len(emoji) - 1, 0)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One", ["One"]),
        ("One\n---\nTwo", ["One", "Two"]),
        ("One\r\n---\r\nTwo\r\n", ["One", "Two"]),
        ("One --- still one\n----\nand this", ["One --- still one\n----\nand this"]),
        ("---\n\nOne\n---\n---\nTwo\n---", ["One", "Two"]),
        ("", [""]),
    ],
)
def test_a_line_of_three_dashes_parts_a_thread(text: str, parts: list[str]) -> None:
    assert parts_of(text) == parts


@given(st.lists(WORDS.map(str.strip).filter(bool), min_size=1, max_size=6))
def test_parts_come_back_as_they_were_written(parts: list[str]) -> None:
    assert parts_of("\n---\n".join(parts)) == parts
    assert longest_part("\n---\n".join(parts)) == max(map(weighted_length, parts))
