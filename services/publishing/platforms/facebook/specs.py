"""What every post on a Page has in common; each format says what it changes."""

from datetime import date

from services.publishing.publisher import PlatformSpec

PAGE = PlatformSpec(
    platform="facebook",
    label="Facebook",
    look="page_post",
    text_max=63_206,
    hashtags_max=None,
    mentions_max=None,
    alt_text_max=1_000,
    media_types=(),
    media_min=1,
    media_max=1,
    ratio_min=1 / 3,
    ratio_max=3.0,
    width_min=320,
    prepares=True,
    proves_absence=False,
    source="Pages API",
    checked_on=date(2026, 11, 21),
    fold=110,
    fold_lines=5,
)
