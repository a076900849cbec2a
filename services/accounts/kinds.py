"""Kinds of job about connected accounts."""

from pydantic import Field

from services import jobs
from services.accounts.health import request_check
from services.accounts.models import Channel
from services.accounts.registry import sign_in
from services.accounts.renewal import renew
from services.accounts.rules import is_renewal_due
from services.accounts.service import channels
from services.kit.app import App
from services.kit.db import Scope
from services.kit.errors import ProviderError
from services.kit.text import counted

_CHANNELS = jobs.Link(label="Channels", path="/channels")


class RefreshParameters(jobs.OfBrand):
    even_if_early: bool = Field(
        default=False,
        title="Even if their end is far",
        description="Renew every token that can be renewed, not only those whose end is near.",
    )


class RefreshTokens:
    """Renews, one after the other, and says which could not be renewed."""

    name = "refresh_tokens"
    title = "Renew tokens"
    help = "Renews the tokens of connected channels before they end. A token that still works is never lost by it."
    icon = ":material/key:"
    parameters: type[jobs.Parameters] = RefreshParameters
    reach: jobs.Reach = "brand"
    overlap = jobs.Overlap.SKIP
    payload_version = 1

    def rehearse(self, app: App, scope: Scope, parameters: RefreshParameters) -> list[str]:
        due = _renewable(app, scope, parameters)
        return [f"Would renew the token of {one.name} ({one.platform})." for one in due] or ["Would renew no token."]

    def run(self, app: App, scope: Scope, parameters: RefreshParameters, run: jobs.RunningJob) -> jobs.Outcome:
        due, renewed, failed = _renewable(app, scope, parameters), 0, 0
        for done, channel in enumerate(due, 1):
            if run.should_stop:
                break
            try:
                renew(app, scope, channel.id, whatever_its_date=parameters.even_if_early)
                renewed += 1
            except ProviderError as error:  # noted on the channel, and its owner is told
                failed += 1
                run.log(f"{channel.name}: {error.sentence}", "warning")
            run.step(done, len(due), channel.name)
        return jobs.Outcome(
            said=f"{counted(renewed, 'token')} renewed, {failed} could not be.",
            links=(_CHANNELS,),
            counts={"renewed": renewed, "failed": failed},
        )


class ProbeAccounts:
    """Asks for a check of every channel; each check is a job of its own, in line with the account's posts."""

    name = "probe_accounts"
    title = "Check channels"
    help = "Asks every connected platform who we are, what we may do and how much quota is used."
    icon = ":material/network_check:"
    parameters: type[jobs.Parameters] = jobs.OfBrand
    reach: jobs.Reach = "brand"
    overlap = jobs.Overlap.SKIP
    payload_version = 1

    def rehearse(self, app: App, scope: Scope, parameters: jobs.OfBrand) -> list[str]:
        found = _connected(app, scope, parameters)
        return [f"Would check {one.name} ({one.platform})." for one in found] or ["Would check no channel."]

    def run(self, app: App, scope: Scope, parameters: jobs.OfBrand, run: jobs.RunningJob) -> jobs.Outcome:
        found = _connected(app, scope, parameters)
        with app.tx(scope) as tx:
            for channel in found:
                request_check(tx, channel.id)
        run.step(len(found), len(found), "checks asked for")
        said = f"{counted(len(found), 'check')} asked for."
        return jobs.Outcome(said=said, links=(_CHANNELS,), counts={"asked": len(found)})


def _connected(app: App, scope: Scope, parameters: jobs.OfBrand) -> list[Channel]:
    with app.tx(scope) as tx:
        return [one for one in channels(tx, parameters.brand_id) if one.is_connected]


def _renewable(app: App, scope: Scope, parameters: RefreshParameters) -> list[Channel]:
    now = app.clock.now()
    return [
        one
        for one in _connected(app, scope, parameters)
        if is_renewal_due(one, sign_in(one.platform).spec, now) or (parameters.even_if_early and one.renews)
    ]
