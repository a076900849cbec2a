"""People, roles, and who may do what."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Role(StrEnum):
    OWNER = "owner"
    ADMIN = "admin"
    EDITOR = "editor"
    VIEWER = "viewer"


class Act(StrEnum):
    """What a person may be allowed to do; the value is the wording on the Members screen."""

    LOOK = "See everything in the organisation"
    IMPORT = "Import competitor ads"
    UPLOAD = "Add to the media library"
    MAKE = "Make ads and ask for approval"
    APPROVE = "Approve or reject other people's work"
    SCHEDULE = "Schedule, move, cancel and publish approved posts"
    CONNECT = "Connect and disconnect channels"
    BRAND = "Change brands"
    INVITE = "Invite and remove members, change roles"
    RESET = "Make a password link for a member"
    SYSTEM = "See the system page"


class Member(BaseModel):
    model_config = ConfigDict(frozen=True)

    user_id: UUID
    org_id: UUID
    role: Role
    display_name: str
    email: str
    joined_at: datetime


class Viewer(BaseModel):
    """The signed-in person of a page run, in their active organisation."""

    model_config = ConfigDict(frozen=True)

    user_id: UUID
    org_id: UUID
    org_name: str
    role: Role
    display_name: str
    email: str


class Invitation(BaseModel):
    """An open invitation, as the Members screen lists it."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    email: str
    role: Role
    created_at: datetime
    expires_at: datetime


class Invited(BaseModel):
    """What the holder of an invitation link reads before accepting."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    org_id: UUID
    org_name: str
    email: str
    role: Role


class Organisation(BaseModel):
    model_config = ConfigDict(frozen=True)

    id: UUID
    name: str


class Session(BaseModel):
    """One signed-in browser of a person."""

    model_config = ConfigDict(frozen=True)

    org_name: str
    created_at: datetime
    seen_at: datetime
    user_agent: str
    is_current: bool


@dataclass(frozen=True)
class Caller:
    """Where a sign-in comes from: the network address, the session id the browser already has, its own description."""

    address: str
    user_agent: str = ""
    session_id: str | None = None


@dataclass(frozen=True)
class Person:
    """Somebody whose identity is proven. `name` is empty where the provider knows none."""

    user_id: UUID
    email: str
    name: str = ""


@dataclass(frozen=True)
class Newcomer:
    """Somebody about to be recorded. `password_hash` is None where the provider keeps the password itself."""

    user_id: UUID
    email: str
    password_hash: str | None
