"""The role matrix: one table, shown on the Members screen and tested cell by cell."""

from collections.abc import Mapping

from services.identity.models import Act, Role

_ALL = frozenset(Role)
_EDITORS = frozenset({Role.OWNER, Role.ADMIN, Role.EDITOR})
_ADMINS = frozenset({Role.OWNER, Role.ADMIN})
_OWNERS = frozenset({Role.OWNER})

MATRIX: Mapping[Act, frozenset[Role]] = {
    Act.LOOK: _ALL,
    Act.IMPORT: _EDITORS,
    Act.UPLOAD: _EDITORS,
    Act.MAKE: _EDITORS,
    Act.APPROVE: _EDITORS,
    Act.SCHEDULE: _EDITORS,
    Act.CONNECT: _ADMINS,
    Act.BRAND: _ADMINS,
    Act.INVITE: _ADMINS,
    Act.RESET: _OWNERS,
    Act.SYSTEM: _ADMINS,
}


def can(role: Role, act: Act) -> bool:
    return role in MATRIX[act]
