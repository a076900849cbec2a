"""What can go wrong while making an ad."""

from services.kit.errors import Conflict, Invalid, NotFound


class DraftNotFound(NotFound):
    """This ad is not here, or not yours to see."""


class VersionNotFound(NotFound):
    """This version is not here, or not yours to see."""


class EvidenceNotFound(NotFound):
    """That ad is not among your imported ads."""


class FieldUnknown(Invalid):
    """The template has no such field."""


class NotReady(Invalid):
    """The ad is not complete yet."""


class PictureGone(Invalid):
    """A chosen picture is no longer in the library. Choose another."""


class TextTooLong(Invalid):
    """That is longer than any channel takes."""


class LinkWrong(Invalid):
    """The link must start with https:// and hold no spaces."""


class WaitsForDecision(Conflict):
    """This ad waits for a decision. Withdraw the question first."""


class ChangedMeanwhile(Conflict):
    """The ad was changed while it was being drawn. Look at it once more, then send it."""


class PresetNameWrong(Invalid):
    """A name has 1 to 60 characters."""


class PresetNotFound(NotFound):
    """This is no longer kept here."""


class HashtagsWrong(Invalid):
    """Write 1 to 30 hashtags of letters, digits and underscores, with spaces between them."""


class MentionWrong(Invalid):
    """Give at least one handle, such as @nordicgelato, each in the form its platform asks for."""


class MentionNameWrong(Invalid):
    """A name has 1 to 60 characters, and no brackets, @ or bars."""


class UtmWrong(Invalid):
    """Medium and campaign have 1 to 100 characters each."""


class ClipFixNotFound(NotFound):
    """This clip is no longer being made, or not yours to see."""


class ClipFixOver(Conflict):
    """The clip is already made, or was given up."""
