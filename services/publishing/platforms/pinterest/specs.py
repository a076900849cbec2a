"""What every pin has in common; each format says what it changes."""

from datetime import date

from services.publishing.platforms.pinterest.wire import ALT_TEXT_MAX, BOARD, DESCRIPTION_MAX, TITLE
from services.publishing.publisher import PlatformSpec

PIN = PlatformSpec(
    platform="pinterest",
    label="Pinterest",
    look="pin",
    text_max=DESCRIPTION_MAX,
    hashtags_max=None,
    mentions_max=None,
    alt_text_max=ALT_TEXT_MAX,
    media_types=(),
    media_min=1,
    media_max=1,
    ratio_min=0.1,  # no limit is told; 2:3 is recommended
    ratio_max=10.0,
    width_min=0,
    prepares=False,
    proves_absence=False,
    source="Pinterest OpenAPI 5.23.0, POST /pins",
    checked_on=date(2026, 11, 21),
    links_apart=True,
    settings=(BOARD, TITLE),
)
