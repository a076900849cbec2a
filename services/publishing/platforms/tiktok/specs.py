"""What every post of a creator has in common; each format says what it changes."""

from datetime import date

from services.publishing.platforms.tiktok.choices import utf16_length
from services.publishing.platforms.tiktok.wire import SOURCE
from services.publishing.publisher import PlatformSpec

CREATOR = PlatformSpec(
    platform="tiktok",
    label="TikTok",
    look="clip",
    text_max=2_200,
    hashtags_max=None,
    mentions_max=None,
    alt_text_max=1_000,  # kept with us: TikTok takes none
    count=utf16_length,
    unit="utf16",
    fold=80,
    fold_lines=2,
    media_types=(),
    media_min=1,
    media_max=1,
    ratio_min=1 / 20,
    ratio_max=20.0,
    width_min=1,
    prepares=True,
    proves_absence=True,
    source=SOURCE,
    checked_on=date(2026, 11, 21),
)
