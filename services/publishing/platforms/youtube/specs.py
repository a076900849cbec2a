"""The limits of YouTube's two formats and what a person decides for a video. Source: videos resource, Sep 2026."""

from dataclasses import replace
from datetime import date

from services.publishing.publisher import Cover, PlatformSpec, Setting

_YES_NO = (("yes", "Yes"), ("no", "No"))
_CATEGORIES = (
    ("22", "People & Blogs"),
    ("26", "Howto & Style"),
    ("24", "Entertainment"),
    ("27", "Education"),
    ("28", "Science & Technology"),
    ("1", "Film & Animation"),
    ("2", "Autos & Vehicles"),
    ("10", "Music"),
    ("15", "Pets & Animals"),
    ("17", "Sports"),
    ("19", "Travel & Events"),
    ("20", "Gaming"),
    ("23", "Comedy"),
    ("25", "News & Politics"),
    ("29", "Nonprofits & Activism"),
)
PRIVACIES = (("public", "Public"), ("unlisted", "Unlisted: only with the link"), ("private", "Private"))

SETTINGS = (
    Setting("title", "Title", required=True, text_max=100, help="Without < and >."),
    # An upload that names no privacy is public, so nobody but a person decides.
    Setting("privacy", "Who can see it", choices=PRIVACIES, required=True),
    Setting("made_for_kids", "Made for kids", choices=_YES_NO, required=True, help="The law asks every channel."),
    Setting("category", "Category", choices=_CATEGORIES, default="22"),
    Setting("tags", "Tags", text_max=500, help="With commas between them."),
    Setting("altered", "Shows realistic altered or synthetic scenes", choices=_YES_NO),
)

# The limit of bytes is the one of all sources; 50 MB is told since September 2026 and tried by nobody here.
THUMBNAIL = Cover(
    has_moment=False,
    media_types=("image/jpeg", "image/png"),
    bytes_max=2_000_000,
    ratio_min=16 / 9,
    ratio_max=16 / 9,
    width_min=640,
    is_after=True,
)

VIDEO = PlatformSpec(
    platform="youtube",
    label="YouTube",
    look="watch_page",
    text_max=5_000,
    hashtags_max=60,  # with more of them YouTube ignores all
    mentions_max=None,
    alt_text_max=1_000,  # not sent: YouTube has none
    media_types=("video/mp4", "video/quicktime", "video/webm"),
    media_min=1,
    media_max=1,
    ratio_min=0.1,
    ratio_max=10.0,
    width_min=1,
    prepares=True,
    proves_absence=True,
    source="YouTube Data API, videos: insert",
    checked_on=date(2026, 11, 21),
    format="video",
    format_label="Video",
    count=lambda text: len(text.encode()),  # the limit is in bytes of UTF-8
    unit="bytes",
    fold=100,
    fold_wide=150,
    bytes_max=256 * 1024**3,
    seconds_max=43_200.0,  # 15 minutes for channels without a confirmed phone: YouTube then rejects it by its length
    settings=SETTINGS,
    cover=THUMBNAIL,
)
# No flag makes a Short: YouTube makes one of every video of this shape and length. Whether a Short may be given a
# thumbnail is told in two ways (no; since November 2026 yes), so none is sent.
SHORT = replace(VIDEO, format="short", format_label="Short", look="short", ratio_max=1.0, seconds_max=180.0, cover=None)
