"""A brand: what posts speak for, in whose time zone, with which colours and logo."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Brand(BaseModel):
    """`colours` are `#RRGGBB`, the leading one first; `logo_key` names a PNG in the file store."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    org_id: UUID
    name: str
    web_address: str
    time_zone: str
    colours: list[str]
    logo_key: str | None
    created_at: datetime
    updated_at: datetime


class BrandFields(BaseModel):
    """What a person enters, as entered; `rules.checked` makes it fit to store."""

    model_config = ConfigDict(frozen=True)

    name: str
    web_address: str = ""
    time_zone: str
    colours: tuple[str, ...] = ()
