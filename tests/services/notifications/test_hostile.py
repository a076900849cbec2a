"""Words from outside in a message, and receivers that mean no good: what is told stays ours, and the work goes on."""

import json

import pytest

from pages.parts import notif_words
from services import notifications
from services.kit.errors import Unavailable
from services.kit.text import csv_bytes
from services.notifications import Via, Wanted
from tests.makers.cast import Cast
from tests.makers.notices import outcomes, say, work_off
from tests.makers.world import World
from tests.services.notifications.conftest import Out

HOOK, SLACK = "https://ops.acme.example/hook", "https://hooks.slack.com/services/T/B/x"
OVERRIDE = "\u202e"  # the rest of the line reads backwards
HOSTILE = f"=HYPERLINK(1)\r\nBcc: all@evil.example\0 <b>{OVERRIDE}drawkcab\u2066 <!channel> \x1b[31m" + "w" * 400


def _hook(out: Out, cast: Cast, via: Via = Via.WEBHOOK) -> None:
    notifications.add_outlet(out.web, cast.ana, via, "Ops", SLACK if via is Via.SLACK else HOOK)


def test_a_hostile_title_is_one_line_that_turns_nothing_around(world: World, cast: Cast) -> None:
    say(world, cast, "post/1/failed", "a", title=HOSTILE, body=HOSTILE)
    with world.web.tx(cast.ana) as tx:
        [told] = notifications.history(tx, Wanted())
    for words, most in ((told.title, 140), (told.body, 300)):
        assert words.startswith("=HYPERLINK(1) Bcc: all@evil.example <b>drawkcab <!channel> [31mwww")
        assert words.isprintable() and len(words) == most
    lines = csv_bytes(notif_words.CSV_HEADER, [notif_words.csv_row(told)]).decode("utf-8-sig").splitlines()
    assert len(lines) == 2 and ",'=HYPERLINK(1) Bcc" in lines[1]


def test_every_way_out_carries_hostile_words_as_words(world: World, cast: Cast, out: Out) -> None:
    _hook(out, cast)
    _hook(out, cast, Via.SLACK)
    say(world, cast, "channel/1/lost", "a", kind="channel_lost", title=HOSTILE, body=HOSTILE)
    assert work_off(out.worker, world, cast.acme) == []
    bodies = {one.path: json.loads(one.body) for one in out.receiver.received}
    [hook] = bodies["/hook"]["messages"]
    assert hook["title"].isprintable() and hook["title"].startswith("=HYPERLINK(1) Bcc")
    assert "<!channel>" not in json.dumps(bodies["/services/T/B/x"], ensure_ascii=False)
    for to, letter in out.mail.letters:
        assert len(to) == 1 and letter["Bcc"] is None and str(letter["Subject"]).isprintable()
        assert "<b>drawkcab" not in letter.get_body(("html",)).get_content()
    assert len(out.mail.letters) == 2


def test_a_digest_of_five_hundred_names_the_first_and_counts_the_rest(world: World, cast: Cast, out: Out) -> None:
    _hook(out, cast)
    _hook(out, cast, Via.SLACK)
    with world.worker.tx(cast.worker) as tx:
        for number in range(500):
            notifications.tell(
                tx, kind="post", tone="red" if number == 250 else "orange", title=f"Post {number} is on hold",
                link=f"/calendar?post={number}", cause=f"post/{number}/held", body="w" * 300,
            )  # fmt: skip
    with world.superuser() as connection:
        connection.execute(
            'update app.notice_outlets set rhythms = \'{"publishing": "hourly"}\', urgent_breaks = false'
        )
    assert work_off(out.worker, world, cast.acme) == []
    world.clock.move(hours=1)
    notifications.release_due(out.worker)
    assert work_off(out.worker, world, cast.acme) == []
    bodies = {one.path: json.loads(one.body) for one in out.receiver.received}
    assert (len(bodies["/hook"]["messages"]), bodies["/hook"]["left_out"]) == (20, 480)
    assert bodies["/hook"]["messages"][0]["title"] == "Post 250 is on hold"
    blocks = bodies["/services/T/B/x"]["blocks"]
    assert len(blocks) == 21 and "And 480 more" in blocks[-1]["text"]["text"]
    assert max(len(block["text"]["text"]) for block in blocks) <= 3_000
    subjects = sorted(str(letter["Subject"]) for to, letter in out.mail.letters if to[0].startswith("ana-"))
    assert subjects == ["499 messages from Acme", "Post 250 is on hold"]


def test_an_answer_of_nonsense_is_logged_as_one_line_and_a_line_that_is_no_http_is_tried_again(
    world: World, cast: Cast, out: Out
) -> None:
    _hook(out, cast)
    out.receiver.answers.append((400, f"no\r\n\t<script>alert(1)</script>{OVERRIDE}\0" + "z" * 5_000))
    say(world, cast, "post/1/failed", "a", tone="orange")
    assert work_off(out.worker, world, cast.acme) == []
    [(_, outcome, answer)] = outcomes(world, cast)
    assert outcome == "refused" and answer.startswith("It answered 400 no <script>alert(1)</script> zzz")
    assert answer.isprintable() and len(answer) < 160
    out.receiver.answers.append(b"\x00\xff\xfeSSH-2.0 what is this?\r\n\r\n")
    say(world, cast, "post/2/failed", "a", tone="orange")
    [raised] = work_off(out.worker, world, cast.acme)
    assert isinstance(raised, Unavailable)


@pytest.mark.parametrize("via", [Via.WEBHOOK, Via.SLACK])
def test_a_redirect_is_never_followed_and_ends_it(world: World, cast: Cast, out: Out, via: Via) -> None:
    _hook(out, cast, via)
    out.receiver.answers.append((302, ""))
    say(world, cast, "post/1/failed", "a", tone="orange")
    assert work_off(out.worker, world, cast.acme) == []
    assert [url.host for url in out.receiver.went_to] == ["93.184.215.14"]
    assert [outcome for _, outcome, _ in outcomes(world, cast)] == ["refused"]
