"""What every post of an account has in common; each format says what it changes."""

from datetime import date

from services.publishing.publisher import PlatformSpec

ACCOUNT = PlatformSpec(
    platform="instagram",
    label="Instagram",
    look="photo_post",
    text_max=2_200,
    hashtags_max=30,
    mentions_max=20,
    alt_text_max=1_000,
    media_types=(),
    media_min=1,
    media_max=1,
    ratio_min=4 / 5,
    ratio_max=1.91,
    width_min=320,
    pulls=True,
    prepares=True,
    proves_absence=True,
    source="Instagram Platform, Content Publishing",
    checked_on=date(2026, 11, 21),
    fold=125,
    fold_lines=3,
)
