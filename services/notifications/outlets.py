"""The organisation's outlets: a Slack channel, an address of its own. Admins keep them."""

import logging
from urllib.parse import urlsplit
from uuid import UUID

from services import identity
from services.identity import Act
from services.kit.app import App
from services.kit.crypto import SealBroken, Sealer
from services.kit.db import Scope, Tx
from services.kit.errors import Unavailable
from services.kit.outside import host_of, public_addresses
from services.notifications.errors import AddressWrong, NameMissing, OutletNotFound
from services.notifications.models import Added, Category, Outlet, Rhythm, Via
from services.notifications.preferences import demand_sound
from services.notifications.queries import outlets as queries
from services.notifications.queries.outlets import Sealed

_log = logging.getLogger("loopdesk.notifications")
_ADDRESS_MOST = 2_000
_SLACK = ("hooks.slack.com", "hooks.slack-gov.com")
# What needs a person; the rest is chosen on the screen.
FIRST = {Category.PUBLISHING: Rhythm.INSTANTLY, Category.CHANNELS: Rhythm.INSTANTLY, Category.JOBS: Rhythm.INSTANTLY}


def outlets(tx: Tx) -> list[Outlet]:
    """The oldest first."""
    return queries.outlets(tx)


def add_outlet(app: App, scope: Scope, via: Via, name: str, address: str, zone: str = "UTC") -> Added:
    """
    Seal the address and begin to send there. A webhook gets a signing key, which is told this once.

    :raises RoleTooLow; NameMissing; AddressWrong: not one of Slack's, too long, or its host has no address
    :raises NotOutside: not on the public web over https
    """
    with app.tx(scope) as tx:
        identity.demand(tx, Act.CONNECT)
    host = _judged(app, via, address)
    outlet = Outlet(
        id=app.ids.new(), via=via, name=_named(name), host=host, rhythms=dict(FIRST), zone=zone, is_paused=False,
        last_error="",
    )  # fmt: skip
    key = _new_key(app) if via is Via.WEBHOOK else ""
    with app.admin_tx() as tx:
        _keep(tx, app.sealer, scope.org_id, outlet.id, address, key)
        tx.act_as(scope)
        queries.add(tx, outlet)
        identity.audit(tx, "added", "outlet", outlet.id, via=via)
    return Added(outlet_id=outlet.id, signing_key=key)


def change_outlet(tx: Tx, wanted: Outlet) -> None:
    """Name, terms and pause. :raises RoleTooLow; NameMissing; ZoneUnknown; QuietHoursWrong; OutletNotFound:"""
    identity.demand(tx, Act.CONNECT)
    demand_sound(wanted)
    if not queries.change(tx, wanted.model_copy(update={"name": _named(wanted.name)})):
        raise OutletNotFound()
    identity.audit(tx, "changed", "outlet", wanted.id, is_paused=wanted.is_paused)


def remove_outlet(app: App, scope: Scope, outlet_id: UUID) -> None:
    """Forget its address; its log stays. :raises RoleTooLow; OutletNotFound:"""
    with app.admin_tx() as tx:
        if scope.org_id is not None:
            queries.drop_secret(tx, scope.org_id, outlet_id)
        tx.act_as(scope)
        identity.demand(tx, Act.CONNECT)
        if not queries.remove(tx, outlet_id):
            raise OutletNotFound()
        identity.audit(tx, "removed", "outlet", outlet_id)


def renew_signing_key(app: App, scope: Scope, outlet_id: UUID) -> str:
    """A new key from the next message on, told this once. :raises RoleTooLow; OutletNotFound:"""
    with app.tx(scope) as tx:
        identity.demand(tx, Act.CONNECT)
        found = queries.outlet(tx, outlet_id)
    if found is None or found.via is not Via.WEBHOOK:
        raise OutletNotFound()
    key = _new_key(app)
    address, _ = opened(app, outlet_id)
    with app.admin_tx() as tx:
        _keep(tx, app.sealer, scope.org_id, outlet_id, address, key)
        tx.act_as(scope)
        identity.audit(tx, "key_renewed", "outlet", outlet_id)
    return key


def opened(app: App, outlet_id: UUID) -> tuple[str, str]:
    """Address and signing key of an outlet that was read in scope. :raises OutletNotFound; SealBroken:"""
    with app.admin_tx() as tx:
        kept = queries.secret(tx, outlet_id)
    if kept is None:
        raise OutletNotFound()
    key = app.sealer.open(kept.signing_key, _bound_to(outlet_id, "signing_key")) if kept.signing_key else ""
    return app.sealer.open(kept.sealed_address, _bound_to(outlet_id, "address")), key


def reseal_outlets(app: App, limit: int = 100) -> int:
    """For the clockwork: seal again with the current key what older keys sealed; returns how many."""
    if not app.sealer.older:
        return 0
    with app.admin_tx() as tx:
        done = 0
        for org_id, kept in queries.sealed_by(tx, app.sealer.older, limit):
            try:
                _reseal(tx, app.sealer, org_id, kept)
                done += 1
            except SealBroken:
                _log.error("the address of outlet %s cannot be opened; it must be added again", kept.outlet_id)
    return done


def _reseal(tx: Tx, sealer: Sealer, org_id: UUID, kept: Sealed) -> None:
    key = kept.signing_key
    again = Sealed(
        outlet_id=kept.outlet_id,
        sealed_address=sealer.reseal(kept.sealed_address, _bound_to(kept.outlet_id, "address")),
        signing_key=sealer.reseal(key, _bound_to(kept.outlet_id, "signing_key")) if key else None,
    )
    queries.put_secret(tx, org_id, again, sealer.current)


def _judged(app: App, via: Via, address: str) -> str:
    host, parts = host_of(address), urlsplit(address)
    if len(address) > _ADDRESS_MOST or not address.isprintable():
        raise AddressWrong()
    if via is Via.SLACK and (host not in _SLACK or not parts.path.startswith("/services/")):
        raise AddressWrong("A Slack address begins with https://hooks.slack.com/services/.")
    try:
        public_addresses(host, app.look_up)
    except Unavailable as error:
        raise AddressWrong(error.sentence) from error
    return host


def _keep(tx: Tx, sealer: Sealer, org_id: UUID | None, outlet_id: UUID, address: str, key: str) -> None:
    if org_id is None:
        raise OutletNotFound()
    sealed = Sealed(
        outlet_id=outlet_id,
        sealed_address=sealer.seal(address, _bound_to(outlet_id, "address")),
        signing_key=sealer.seal(key, _bound_to(outlet_id, "signing_key")) if key else None,
    )
    queries.put_secret(tx, org_id, sealed, sealer.current)


def _new_key(app: App) -> str:
    return f"ldwh_{app.ids.token()}"


def _named(name: str) -> str:
    found = " ".join(name.split())
    if not 1 <= len(found) <= 80 or not found.isprintable():
        raise NameMissing()
    return found


def _bound_to(outlet_id: UUID, what: str) -> str:
    return f"outlets/{outlet_id}/{what}"
