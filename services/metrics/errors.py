"""What can go wrong with results."""

from services.kit.errors import Invalid, NotFound


class PostNotFound(NotFound):
    """This post does not exist, or is not yours to see."""


class NotRead(Invalid):
    """Results of this platform are not read yet: only Instagram's and Facebook's are."""


class NotPublished(Invalid):
    """Only published posts have results."""
