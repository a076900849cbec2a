"""What can go wrong with a brand."""

from services.kit.errors import Invalid, NotFound


class BrandNotFound(NotFound):
    """This brand is not here, or not yours to see."""


class BrandNameWrong(Invalid):
    """A brand's name has 1 to 80 characters."""


class WebAddressWrong(Invalid):
    """That is not a web address. Write it like https://example.com."""


class TimeZoneWrong(Invalid):
    """That time zone is not known. Choose one from the list, such as Europe/Oslo."""


class ColourWrong(Invalid):
    """A colour is written as # and six digits, such as #4B47D1; five at most."""


class LogoWrong(Invalid):
    """The logo is not a picture that can be read. Use PNG, JPEG or WebP up to 2 MB and 4,000 pixels."""
