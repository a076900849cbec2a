"""People, roles, and who may do what."""

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
