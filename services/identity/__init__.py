"""Organisations, members, roles, sign-in, sessions, audit trail."""

from services.identity.audit import audit, demand
from services.identity.errors import RoleTooLow
from services.identity.models import Act, Member, Role, Viewer
from services.identity.rules import MATRIX, can


def open_provider(settings: object, database: object, clock: object, ids: object) -> object:
    return None


__all__ = ["MATRIX", "Act", "Member", "Role", "RoleTooLow", "Viewer", "audit", "can", "demand", "open_provider"]
