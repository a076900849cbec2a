"""From what was told to what leaves: to whom, when, how often; and nothing of it twice."""

import json
from datetime import time

from services import notifications
from services.kit.app import App
from services.kit.db import Scope
from services.notifications import Category, Preferences, Rhythm, Severity, Via
from tests.makers.cast import Cast
from tests.makers.notices import outcomes, say, work_off
from tests.makers.world import World
from tests.services.notifications.conftest import Out

ALL = dict.fromkeys(Category, Rhythm.INSTANTLY)


def _prefer(world: World, scope: Scope, **wanted: object) -> None:
    with world.web.tx(scope) as tx:
        notifications.save_preferences(tx, Preferences(**{"rhythms": ALL, **wanted}))


def _tick(app: App, world: World, cast: Cast) -> None:
    notifications.release_due(app)
    assert work_off(app, world, cast.acme) == []


def _subjects(out: Out) -> list[str]:
    return [str(letter["Subject"]) for _, letter in out.mail.letters]


def _slack(out: Out, cast: Cast) -> None:
    notifications.add_outlet(out.web, cast.ana, Via.SLACK, "Ops", "https://hooks.slack.com/services/T/B/x")


def test_an_urgent_message_goes_to_everybody_who_can_act_at_once(world: World, cast: Cast, out: Out) -> None:
    say(world, cast, "channel/1/lost", "a", kind="channel_lost", title="Acme must be connected again")
    assert work_off(out.worker, world, cast.acme) == []
    assert sorted(to[0].split("-")[0] for to, _ in out.mail.letters) == ["ana", "ben"]
    assert set(_subjects(out)) == {"Acme must be connected again"}


def test_a_job_of_a_message_that_runs_twice_sends_once(world: World, cast: Cast, out: Out) -> None:
    say(world, cast, "channel/1/lost", "a", kind="channel_lost")
    with world.superuser() as connection:
        [(telling,)] = connection.execute(
            "select id from app.notice_tellings where org_id = %s", [cast.acme]
        ).fetchall()
    for _ in range(2):
        with world.worker.tx(cast.worker) as tx:
            notifications.plan(tx, telling, has_mail=True)
    work_off(out.worker, world, cast.acme)
    with world.superuser() as connection:
        sent = connection.execute("select id from app.notice_deliveries where org_id = %s", [cast.acme]).fetchall()
    for (delivery,) in sent:
        notifications.send(out.worker, cast.worker, delivery)
    assert len(out.mail.letters) == len(sent) == 2


def test_a_daily_digest_carries_everything_once_and_leaves_out_what_was_read(
    world: World, cast: Cast, out: Out
) -> None:
    _prefer(world, cast.ana, rhythms=dict.fromkeys(Category, Rhythm.DAILY), digest_at=time(12))
    _prefer(world, cast.ben, rhythms=dict.fromkeys(Category, Rhythm.OFF))
    for number in range(3):
        say(world, cast, f"import/{number}/done", "a", kind="import", tone="green", title=f"File {number} is in")
    world.clock.move(seconds=1)
    say(world, cast, "import/1/done", "b", kind="import", tone="green", title="File 1 is in again")
    with world.web.tx(cast.ana) as tx:
        notifications.mark_read(tx, [n.id for n in notifications.notices(tx) if n.matter == "import/2/done"])
    _tick(out.worker, world, cast)
    assert out.mail.letters == []
    world.clock.move(hours=3)
    _tick(out.worker, world, cast)
    _tick(out.worker, world, cast)
    [(to, letter)] = out.mail.letters
    assert letter["Subject"] == "2 messages from Acme"
    text = letter.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert "File 0 is in\n" in text and "File 1 is in again (2 times)" in text and "File 2" not in text
    assert to[0].startswith("ana-")


def test_quiet_hours_hold_until_they_end_and_urgent_breaks_through_where_it_may(
    world: World, cast: Cast, out: Out
) -> None:
    night = {"zone": "Europe/Berlin", "quiet_from": time(9), "quiet_to": time(11)}  # it is ten in Berlin
    _prefer(world, cast.ana, **night)
    _prefer(world, cast.ben, urgent_breaks=False, **night)
    say(world, cast, "post/1/failed", "a", title="Refused")
    say(world, cast, "post/2/done", "a", tone="green", title="Out")
    work_off(out.worker, world, cast.acme)
    assert [(to[0][:3], letter["Subject"]) for to, letter in out.mail.letters] == [("ana", "Refused")]
    world.clock.move(hours=1)
    _tick(out.worker, world, cast)
    assert sorted(_subjects(out)) == ["2 messages from Acme, 1 urgent", "Out", "Refused"]


def test_what_repeats_leaves_once_an_hour_with_its_count(world: World, cast: Cast, out: Out) -> None:
    _slack(out, cast)
    for number in range(5):
        say(world, cast, "post/1/failed", str(number))
        work_off(out.worker, world, cast.acme)
    assert len(out.receiver.received) == 1
    world.clock.move(minutes=59)
    _tick(out.worker, world, cast)
    assert len(out.receiver.received) == 1
    world.clock.move(minutes=1)
    _tick(out.worker, world, cast)
    assert len(out.receiver.received) == 2
    assert "(4×)" in json.loads(out.receiver.received[1].body)["blocks"][0]["text"]["text"]


def test_what_is_said_to_some_stays_out_of_the_organisations_channels(world: World, cast: Cast, out: Out) -> None:
    _slack(out, cast)
    assert cast.ben.user_id
    say(world, cast, "post/1/failed", "a", only=[cast.ben.user_id])
    work_off(out.worker, world, cast.acme)
    assert out.receiver.received == []
    say(world, cast, "post/2/failed", "a", only=[cast.ben.user_id], is_shared=True)
    work_off(out.worker, world, cast.acme)
    assert len(out.receiver.received) == 1


def test_who_left_meanwhile_gets_nothing_and_the_log_says_so(world: World, cast: Cast, out: Out) -> None:
    say(world, cast, "post/1/failed", "a", severity=Severity.WARNING)
    with world.superuser() as connection:
        connection.execute("delete from app.org_members where user_id = %s", [cast.ben.user_id])
    work_off(out.worker, world, cast.acme)
    world.clock.move(hours=1)
    _tick(out.worker, world, cast)
    assert [to[0][:3] for to, _ in out.mail.letters] == ["ana"]


def test_without_a_mail_server_nothing_is_planned_for_people(world: World, cast: Cast) -> None:
    say(world, cast, "post/1/failed", "a")
    assert work_off(world.worker, world, cast.acme) == []
    assert outcomes(world, cast) == []


def test_cleo_sees_nothing_of_acmes_deliveries_and_sends_nothing_there(world: World, cast: Cast, out: Out) -> None:
    _slack(out, cast)
    say(world, cast, "post/1/failed", "a")
    work_off(out.worker, world, cast.acme)
    with world.web.tx(cast.cleo) as tx:
        assert notifications.log_lines(tx, 100) == notifications.outlets(tx) == []
        assert notifications.under_way(tx) == 0
    with world.web.tx(cast.vera) as tx:
        assert notifications.log_lines(tx, 100) == []


def test_what_is_told_to_one_person_no_admin_can_read(world: World, cast: Cast) -> None:
    say(world, cast, "draft/1/mention", "a", only=[cast.ben.user_id], title="Ben only")
    for person in (cast.ana, cast.ben, cast.cleo):
        with world.web.tx(person) as tx:
            assert tx.value("select count(*) from app.notice_tellings", {}) == 0
