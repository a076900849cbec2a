"""Little text: nothing a person writes becomes markup by accident, and hashtags and mentions stay what they are."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.publishing.platforms.linkedin.little_text import RESERVED, escape, length, plain

MARKUP = st.text(alphabet="|{}@[]()<>#\\*_~ ab1\n:urnlip", max_size=40)
MENTION = "@[Acme (Berlin)](urn:li:organization:17)"


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("Launch day (finally) #b2b", "Launch day \\(finally\\) #b2b"),
        ("50 % off <now> * a_b ~ {x} [y] | z", "50 % off \\<now\\> \\* a\\_b \\~ \\{x\\} \\[y\\] \\| z"),
        ("c:\\temp", "c:\\\\temp"),
        ("write to ana@acme.example", "write to ana\\@acme.example"),
        ("#Größe, #2026plan and #1", "#Größe, #2026plan and \\#1"),
        ("C# and a#b and #a_b and ##x", "C\\# and a\\#b and \\#a\\_b and \\#\\#x"),
        ("https://acme.example/#top?a_b=1", "https://acme.example/\\#top?a\\_b=1"),
        ("Hello @[Acme](urn:li:organization:17)!", "Hello @[Acme](urn:li:organization:17)!"),
        ("@[Acme](urn:li:sponsoredAccount:17)", "\\@\\[Acme\\]\\(urn:li:sponsoredAccount:17\\)"),
        ("", ""),
    ],
)
def test_what_a_person_writes_is_sent_so_that_it_shows_as_written(written: str, sent: str) -> None:
    assert escape(written) == sent
    assert plain(sent) == written


def test_a_mention_keeps_its_form_and_its_name_is_escaped() -> None:
    assert escape(MENTION) == "@[Acme \\(Berlin\\)](urn:li:organization:17)"


@pytest.mark.parametrize("told", ["{hashtag|\\#|b2b}", "{hashtag|#|b2b}", "#b2b", "\\#b2b"])
def test_a_hashtag_reads_the_same_in_every_form_linkedin_tells_it(told: str) -> None:
    assert plain(f"Launch {told} \\(today\\)") == "Launch #b2b (today)"


@given(st.text(max_size=60) | MARKUP)
@example("\\")
@example("\\#b2b")
@example("{hashtag|\\#|x}")
@example(f"\\{MENTION}\\")
def test_reading_back_gives_exactly_what_was_written(written: str) -> None:
    assert plain(escape(written)) == written


@given(MARKUP)
def test_no_reserved_character_is_left_bare_outside_hashtags_and_mentions(written: str) -> None:
    sent, place = escape(written), 0
    while place < len(sent):
        if sent[place] == "\\":
            assert sent[place + 1] in RESERVED
            place += 2
            continue
        assert sent[place] not in RESERVED or sent[place] in "#@"
        if sent[place] == "#":
            assert sent[place + 1].isalnum()
        if sent[place] == "@":
            end = sent.index("](urn:li:", place)
            place = sent.index(")", end)
        place += 1


@given(st.text(max_size=60))
def test_the_length_is_never_less_than_what_is_sent(written: str) -> None:
    assert length(written) >= len(escape(written)) >= len(written)


def test_a_character_outside_the_basic_plane_counts_twice() -> None:
    assert (length("a"), length("🎉"), length("("), length("#b2b")) == (1, 2, 2, 4)
