"""Every kind there is: what a form needs, what is stored, what rehearsing says."""

import pytest

from services import jobs
from services.identity import RoleTooLow
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast
from tests.makers.schedules import Silent
from tests.makers.world import World

NAMES = sorted(jobs.KINDS)


@pytest.mark.parametrize("name", NAMES)
def test_a_kind_has_all_that_a_form_and_a_schedule_need(name: str) -> None:
    kind = jobs.get_kind(name)
    assert kind.name == name and kind.title and kind.help.endswith(".") and kind.icon.startswith(":material/")
    assert kind.reach in ("brand", "organisation", "installation") and isinstance(kind.overlap, jobs.Overlap)
    assert kind.payload_version >= 1 and kind.parameters.model_config["frozen"]
    for field in jobs.form_fields(kind).values():
        assert field.title and field.description and not field.is_required()


def test_what_is_filled_in_at_the_start_is_no_part_of_a_form_or_of_what_is_stored(world: World, cast: Cast) -> None:
    assert "given" not in jobs.form_fields(jobs.get_kind("demo"))
    assert "brand_id" not in jobs.form_fields(jobs.get_kind("pull_metrics"))
    with world.web.tx(cast.ben) as tx:
        made = jobs.start(tx, "pull_metrics", {"brand_id": str(cast.other), "given": "x"}, brand_id=cast.brand)
        found = jobs.get_start(tx, made)
    assert (found.parameters, found.brand_id) == ({"days": 30}, cast.brand)


def test_what_is_wrong_is_told_by_field(world: World, cast: Cast) -> None:
    with pytest.raises(jobs.ParametersWrong) as told:
        jobs.rehearse(world.web, cast.ben, "demo", {"steps": 0, "seconds": "x"})
    assert set(told.value.fields) == {"steps", "seconds"}
    assert told.value.sentence.startswith("Steps: ")
    with pytest.raises(jobs.ParametersWrong, match="Say which folder to watch"):
        jobs.rehearse(world.web, cast.ben, "import_watched", {})


@pytest.mark.parametrize("name", [name for name in NAMES if name != "import_watched"])
def test_rehearsing_says_sentences_and_changes_nothing(world: World, cast: Cast, name: str) -> None:
    make_channel(world, cast)
    with world.superuser() as connection:
        before = connection.execute("select count(*) from queue.procrastinate_jobs").fetchone()
        told = jobs.rehearse(world.web, cast.ana, name, {})
        assert told and all(one.startswith("Would ") and one.endswith(".") for one in told)
        assert connection.execute("select count(*) from queue.procrastinate_jobs").fetchone() == before


def test_rehearsing_asks_for_the_role_of_the_act(world: World, cast: Cast) -> None:
    with pytest.raises(RoleTooLow):
        jobs.rehearse(world.web, cast.vera, "demo", {})
    with pytest.raises(RoleTooLow):
        jobs.rehearse(world.web, cast.ben, "purge", {})
    with pytest.raises(jobs.BrandUnknown):
        jobs.rehearse(world.web, cast.cleo, "pull_metrics", {}, brand_id=cast.brand)


def test_checking_channels_asks_for_a_check_of_each(world: World, cast: Cast) -> None:
    channel = make_channel(world, cast)
    kind = jobs.get_kind("probe_accounts")
    told = kind.run(world.worker, cast.worker, jobs.OfBrand(brand_id=cast.brand), Silent())
    assert (told.said, told.counts) == ("1 check asked for.", {"asked": 1})
    with world.superuser() as connection:
        found = connection.execute(
            "select count(*) from queue.procrastinate_jobs where task_name = 'accounts.check_channel' "
            "and args ->> 'channel_id' = %s",
            [str(channel)],
        ).fetchone()
    assert found == (1,)


def test_a_kind_of_another_organisation_touches_nothing_of_acme(world: World, cast: Cast) -> None:
    make_channel(world, cast)
    kind = jobs.get_kind("probe_accounts")
    theirs = jobs.OfBrand(brand_id=cast.brand)
    assert kind.rehearse(world.web, cast.cleo, theirs) == ["Would check no channel."]


def test_renewing_renews_none_whose_end_is_far(world: World, cast: Cast) -> None:
    make_channel(world, cast)
    kind = jobs.get_kind("refresh_tokens")
    told = kind.run(world.worker, cast.worker, kind.parameters(), Silent())
    assert told.counts == {"renewed": 0, "failed": 0}
