"""The other way to connect: a token that a business made for this, such as Meta's system-user token."""

from datetime import timedelta
from uuid import UUID

from pydantic import SecretStr

from services import identity
from services.accounts import flows, queries
from services.accounts.adapter import TakesToken, is_token
from services.accounts.errors import ChannelNotFound, NothingOffered, PlatformUnknown, TokenRefused, TokenUnread
from services.accounts.hosts import hosts
from services.accounts.models import Finished, Flow, Offer
from services.accounts.registry import sign_in
from services.accounts.store import FLOW_LASTS, keep_offers, person, store
from services.identity import Act
from services.kit.app import App
from services.kit.db import Scope
from services.kit.errors import CredentialsExpired, ProviderError, Rejected
from services.kit.ids import token_hash


def connect_by_token(
    app: App, scope: Scope, brand_id: UUID, platform: str, secret: SecretStr, *, is_practice: bool
) -> Finished:
    """
    Connect with a token instead of a sign-in: the platform is asked what it opens before anything is stored.

    Only what it opens is kept, sealed; the token itself is not, and nothing shows either again.

    :raises PlatformUnknown, ChannelNotFound, TokenRefused, TokenUnread, NothingOffered, AlreadyConnected: as they say
    """
    adapter, host = sign_in(platform), hosts(app.settings).get((platform, is_practice))
    if host is None or not isinstance(adapter, TakesToken):
        raise PlatformUnknown()
    with app.tx(scope) as tx:
        identity.demand(tx, Act.CONNECT)
        if not queries.brand_exists(tx, brand_id):
            raise ChannelNotFound()
    text = SecretStr(secret.get_secret_value().strip())
    if not is_token(text.get_secret_value()):
        raise TokenRefused()
    try:
        offers = adapter.offers_of(host, text, http=app.http, now=app.clock.now())
    except (CredentialsExpired, Rejected) as error:
        raise TokenRefused() from error
    except ProviderError as error:
        raise TokenUnread() from error
    if not offers:
        raise NothingOffered()
    return _settle(app, scope, _begun(app, scope, brand_id, platform, is_practice=is_practice), offers)


def _begun(app: App, scope: Scope, brand_id: UUID, platform: str, *, is_practice: bool) -> Flow:
    """A sign-in of its own, so that several accounts can wait for a choice as after any other."""
    flow = Flow(
        state_hash=token_hash(app.ids.token()),
        brand_id=brand_id,
        platform=platform,
        is_practice=is_practice,
        channel_id=None,
        offered=None,
    )
    org_id, user_id = person(scope)
    with app.admin_tx() as tx:
        expires_at, before = tx.now + FLOW_LASTS, tx.now - timedelta(days=1)
        flows.insert_flow(tx, flow, org_id=org_id, user_id=user_id, expires_at=expires_at, forget_before=before)
    return flow


def _settle(app: App, scope: Scope, flow: Flow, offers: list[Offer]) -> Finished:
    if len(offers) > 1:
        keep_offers(app, flow, offers)
        return Finished(channel_id=None)
    return Finished(channel_id=store(app, scope, flow, offers))
