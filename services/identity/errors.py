"""What can go wrong with people and roles."""

from services.kit.errors import NotAllowed


class RoleTooLow(NotAllowed):
    """Your role does not allow this. Ask an owner or admin of the organisation."""
