"""Outlets: admins keep them, their addresses are sealed and public, and nobody elsewhere reaches them."""

from dataclasses import replace

import pytest

from services import notifications
from services.identity import RoleTooLow
from services.kit.crypto import Sealer
from services.kit.errors import AppError, RightLost, Unavailable
from services.kit.outside import NotOutside
from services.notifications import AddressWrong, Category, NameMissing, OutletNotFound, Rhythm, Via, ZoneUnknown
from services.notifications.outlets import opened
from tests.makers.cast import Cast
from tests.makers.world import World

SLACK = "https://hooks.slack.com/services/T/B/x"
HOOK = "https://ops.acme.example/hook?key=1"


def test_an_address_is_sealed_and_only_its_host_is_shown(world: World, cast: Cast) -> None:
    added = notifications.add_outlet(world.web, cast.ana, Via.WEBHOOK, " Ops  desk ", HOOK)
    assert added.signing_key.startswith("ldwh_") and len(added.signing_key) > 40
    with world.web.tx(cast.ben) as tx:
        [outlet] = notifications.outlets(tx)
    assert (outlet.name, outlet.host, outlet.rhythm(Category.RESULTS)) == ("Ops desk", "ops.acme.example", Rhythm.OFF)
    with world.superuser() as connection:
        kept = str(
            connection.execute("select * from private.notice_secrets where outlet_id = %s", [outlet.id]).fetchall()
        )
    assert "hook" not in kept and added.signing_key not in kept
    assert opened(world.worker, outlet.id) == (HOOK, added.signing_key)


@pytest.mark.parametrize(
    ("via", "name", "address", "error"),
    [
        (Via.SLACK, "Ops", "https://hooks.slack.com.evil.example/services/T", AddressWrong),
        (Via.SLACK, "Ops", "https://hooks.slack.com/elsewhere", AddressWrong),
        (Via.WEBHOOK, "Ops", "http://ops.acme.example/", NotOutside),
        (Via.WEBHOOK, "Ops", "https://ops.acme.example:8443/", NotOutside),
        (Via.WEBHOOK, "Ops", "https://ops.acme.example/" + "x" * 2_000, AddressWrong),
        (Via.WEBHOOK, "Ops", "https://ops.acme.example/\r\nHost: evil", AppError),
        (Via.WEBHOOK, " ", HOOK, NameMissing),
    ],
)
def test_wrong_addresses_and_names_are_refused(
    world: World, cast: Cast, via: Via, name: str, address: str, error: type[AppError]
) -> None:
    with pytest.raises(error):
        notifications.add_outlet(world.web, cast.ana, via, name, address)
    with world.web.tx(cast.ana) as tx:
        assert notifications.outlets(tx) == []


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "fd00::1"])
def test_an_address_of_our_own_network_is_refused_when_it_is_added(world: World, cast: Cast, inside: str) -> None:
    leading = replace(world.web, look_up=lambda host: [inside])
    with pytest.raises(NotOutside):
        notifications.add_outlet(leading, cast.ana, Via.WEBHOOK, "Ops", HOOK)


@pytest.mark.parametrize("who", ["ben", "vera"])
def test_only_admins_keep_outlets(world: World, cast: Cast, who: str) -> None:
    scope = getattr(cast, who)
    outlet = notifications.add_outlet(world.web, cast.ana, Via.WEBHOOK, "Ops", HOOK).outlet_id
    with pytest.raises(RoleTooLow):
        notifications.add_outlet(world.web, scope, Via.SLACK, "Ops", SLACK)
    with pytest.raises(RoleTooLow):
        notifications.remove_outlet(world.web, scope, outlet)
    with pytest.raises(RoleTooLow):
        notifications.renew_signing_key(world.web, scope, outlet)
    with pytest.raises(RightLost), world.web.tx(scope) as tx:
        notifications.send_test(tx, outlet)


def test_cleo_neither_sees_nor_touches_nor_tests_an_outlet_of_acme(world: World, cast: Cast) -> None:
    added = notifications.add_outlet(world.web, cast.ana, Via.WEBHOOK, "Ops", HOOK)
    with pytest.raises(OutletNotFound):
        notifications.remove_outlet(world.web, cast.cleo, added.outlet_id)
    with pytest.raises(OutletNotFound):
        notifications.renew_signing_key(world.web, cast.cleo, added.outlet_id)
    with pytest.raises(OutletNotFound), world.web.tx(cast.cleo) as tx:
        notifications.send_test(tx, added.outlet_id)
    assert opened(world.worker, added.outlet_id) == (HOOK, added.signing_key)


def test_a_renewed_key_replaces_the_old_one_and_a_removed_outlet_forgets_its_address(world: World, cast: Cast) -> None:
    added = notifications.add_outlet(world.web, cast.ana, Via.WEBHOOK, "Ops", HOOK)
    key = notifications.renew_signing_key(world.web, cast.ana, added.outlet_id)
    assert key != added.signing_key and opened(world.worker, added.outlet_id) == (HOOK, key)
    notifications.remove_outlet(world.web, cast.ana, added.outlet_id)
    with pytest.raises(OutletNotFound):
        opened(world.worker, added.outlet_id)
    with world.web.tx(cast.ana) as tx:
        assert notifications.outlets(tx) == []


def test_rhythms_pause_and_name_are_changed_and_a_wrong_zone_is_not(world: World, cast: Cast) -> None:
    notifications.add_outlet(world.web, cast.ana, Via.SLACK, "Ops", SLACK)
    with world.web.tx(cast.ana) as tx:
        [outlet] = notifications.outlets(tx)
        wanted = outlet.model_copy(update={"rhythms": {Category.JOBS: Rhythm.DAILY}, "is_paused": True})
        notifications.change_outlet(tx, wanted)
        assert notifications.outlets(tx) == [wanted]
        with pytest.raises(ZoneUnknown):
            notifications.change_outlet(tx, outlet.model_copy(update={"zone": "Mars/Olympus"}))


def test_a_new_sealing_key_takes_over(world: World, cast: Cast) -> None:
    added = notifications.add_outlet(world.web, cast.ana, Via.WEBHOOK, "Ops", HOOK)
    old = {"k5": b"5" * 32}
    first = replace(world.worker, sealer=Sealer(old))
    again = notifications.add_outlet(replace(world.web, sealer=first.sealer), cast.ana, Via.WEBHOOK, "Ops", HOOK)
    second = replace(world.worker, sealer=Sealer({"k9": b"9" * 32} | old))
    assert notifications.reseal_outlets(second) == 1
    assert notifications.reseal_outlets(second) == 0
    only_new = replace(world.worker, sealer=Sealer({"k9": b"9" * 32}))
    assert opened(only_new, again.outlet_id) == (HOOK, again.signing_key)
    assert added.outlet_id != again.outlet_id


def test_a_host_without_an_address_is_told_at_once(world: World, cast: Cast) -> None:
    def none(host: str) -> list[str]:
        raise Unavailable(f"{host} has no address on the internet.")

    with pytest.raises(AddressWrong, match="has no address"):
        notifications.add_outlet(replace(world.web, look_up=none), cast.ana, Via.WEBHOOK, "Ops", HOOK)
