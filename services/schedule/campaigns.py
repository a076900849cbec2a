"""Campaigns: a name over some days of a brand's calendar. A colour is a tone of the screens."""

from datetime import date, timedelta
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services import brands, identity
from services.kit.db import Tx
from services.schedule.errors import CampaignNameWrong, CampaignNotFound, DaysWrong

COLOURS = ("violet", "blue", "green", "yellow", "orange", "red")
_LONGEST = timedelta(days=366)
_NAME_MAX = 80


class Campaign(BaseModel):
    """Both days belong to it; days are the brand's."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    brand_id: UUID
    name: str
    starts_on: date
    ends_on: date
    colour: str


def campaigns(tx: Tx, brand_id: UUID, first: date, last: date) -> list[Campaign]:
    """Those that touch the days from `first` to `last`, the first to begin first."""
    return tx.all(
        "select id, brand_id, name, starts_on, ends_on, colour from app.campaigns where brand_id = %(brand)s "
        "and starts_on <= %(last)s and ends_on >= %(first)s order by starts_on, ends_on desc, id",
        {"brand": brand_id, "first": first, "last": last},
        Campaign,
    )


def make_campaign(tx: Tx, brand_id: UUID, name: str, starts_on: date, ends_on: date, colour: str = "violet") -> UUID:
    """
    Put a campaign on the calendar and return its id.

    :raises CampaignNameWrong, DaysWrong: what was entered is no campaign
    :raises brands.BrandNotFound: no such brand in this organisation
    """
    identity.demand(tx, identity.Act.MAKE)
    brands.brand(tx, brand_id)
    made = tx.new_id()
    tx.run(
        "insert into app.campaigns (id, org_id, brand_id, name, starts_on, ends_on, colour, created_by, created_at) "
        "values (%(id)s, %(org)s, %(brand)s, %(name)s, %(first)s, %(last)s, %(colour)s, %(user)s, %(now)s)",
        {
            **_checked(made, name, starts_on, ends_on, colour),
            "org": tx.org_id,
            "brand": brand_id,
            "user": tx.user_id,
            "now": tx.now,
        },
    )
    identity.audit(tx, "created", "campaign", made)
    return made


def change_campaign(tx: Tx, campaign_id: UUID, name: str, starts_on: date, ends_on: date, colour: str) -> None:
    """:raises CampaignNotFound, CampaignNameWrong, DaysWrong:"""
    identity.demand(tx, identity.Act.MAKE)
    changed = tx.run(
        "update app.campaigns set name = %(name)s, starts_on = %(first)s, ends_on = %(last)s, colour = %(colour)s "
        "where id = %(id)s",
        _checked(campaign_id, name, starts_on, ends_on, colour),
    )
    if not changed:
        raise CampaignNotFound()
    identity.audit(tx, "changed", "campaign", campaign_id)


def remove_campaign(tx: Tx, campaign_id: UUID) -> Campaign:
    """Take a campaign off the calendar; its posts stay. :raises CampaignNotFound:"""
    identity.demand(tx, identity.Act.MAKE)
    gone = tx.one(
        "delete from app.campaigns where id = %(id)s returning id, brand_id, name, starts_on, ends_on, colour",
        {"id": campaign_id},
        Campaign,
    )
    if gone is None:
        raise CampaignNotFound()
    identity.audit(tx, "removed", "campaign", campaign_id)
    return gone


def _checked(campaign_id: UUID, name: str, starts_on: date, ends_on: date, colour: str) -> dict[str, object]:
    name = " ".join(name.split())
    if not 1 <= len(name) <= _NAME_MAX:
        raise CampaignNameWrong()
    if not timedelta() <= ends_on - starts_on <= _LONGEST:
        raise DaysWrong()
    tone = colour if colour in COLOURS else COLOURS[0]
    return {"id": campaign_id, "name": name, "first": starts_on, "last": ends_on, "colour": tone}
