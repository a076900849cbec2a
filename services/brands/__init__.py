"""Brands: name, web address, time zone, colours, logo."""

from services.brands.errors import (
    BrandNameWrong,
    BrandNotFound,
    ColourWrong,
    LogoWrong,
    TimeZoneWrong,
    WebAddressWrong,
)
from services.brands.models import Brand, BrandFields
from services.brands.rules import COLOURS_MAX, LOGO_BYTES_MAX, checked, logo_png, time_zones, web_address
from services.brands.service import brand, brands, change_brand, create_brand, store_logo, update_brand

__all__ = [
    "COLOURS_MAX",
    "LOGO_BYTES_MAX",
    "Brand",
    "BrandFields",
    "BrandNameWrong",
    "BrandNotFound",
    "ColourWrong",
    "LogoWrong",
    "TimeZoneWrong",
    "WebAddressWrong",
    "brand",
    "brands",
    "change_brand",
    "checked",
    "create_brand",
    "logo_png",
    "store_logo",
    "time_zones",
    "update_brand",
    "web_address",
]
