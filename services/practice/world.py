"""What every endpoint of the practice platforms is given."""

from dataclasses import dataclass
from datetime import UTC, datetime

from services.kit.clock import Clock
from services.kit.http import Client
from services.practice.store import Store

# `processing_seconds`: how long a container stays IN_PROGRESS. `quota_total`: posts per account and 24 hours.
# `containers_total`: containers per account and 24 hours. `insights_delay_seconds`: age below which a post has no
# figures. `calls_per_hour`: what X-App-Usage counts as 100 percent.
# On Facebook: `facebook_reels_total` per Page and 24 hours; `facebook_duplicate_seconds`: how long a Page refuses the
# same words, which is not published, so 0 for never.
# On YouTube `quota_total` is uploads of the app per day. `youtube_units_total`: units per day for everything else.
# `youtube_audited` 0: every upload is locked private. `youtube_testing` 1: a sign-in ends after a week.
# `youtube_duplicates` 0: a file that is on the channel already is rejected. `youtube_session_seconds`: of an upload.
# `youtube_thumbnails` 0: the channels' phone numbers are not confirmed, so they may set none.
# On TikTok: `tiktok_quota_total` direct posts and `tiktok_drafts_total` inbox drafts per account and 24 hours; calls
# per token and minute; `tiktok_audited` 0: only “Only me”, and only for private accounts; `tiktok_media_verified` 0: no
# media host is; `tiktok_moderation_seconds`: how long a public post waits for its id after it is complete.
# On Pinterest: `pinterest_trial` 1: the app may not make pins; `pinterest_writes_per_minute`: pins of an account.
# On LinkedIn: `linkedin_repeat_seconds` the same post is refused (documented for its older API; up to two days are
# reported); `linkedin_renews` 0: the app is not approved for refresh tokens.
DEFAULTS = {
    "processing_seconds": 1.0,
    "quota_total": 100.0,
    "containers_total": 400.0,
    "facebook_reels_total": 30.0,
    "facebook_duplicate_seconds": 0.0,
    "insights_delay_seconds": 0.0,
    "calls_per_hour": 20_000.0,
    "linkedin_repeat_seconds": 600.0,
    "linkedin_renews": 1.0,
    "pinterest_trial": 0.0,
    "pinterest_writes_per_minute": 100.0,
    "tiktok_quota_total": 15.0,
    "tiktok_drafts_total": 5.0,
    "tiktok_init_per_minute": 6.0,
    "tiktok_creator_per_minute": 20.0,
    "tiktok_status_per_minute": 30.0,
    "tiktok_audited": 1.0,
    "tiktok_media_verified": 1.0,
    "tiktok_moderation_seconds": 0.0,
    "youtube_units_total": 10_000.0,
    "youtube_audited": 1.0,
    "youtube_testing": 0.0,
    "youtube_duplicates": 0.0,
    "youtube_session_seconds": 604_800.0,
    "youtube_thumbnails": 1.0,
}
DAY_SECONDS = 86_400.0


@dataclass(frozen=True)
class World:
    """The record, the time, and the one app that is registered with both platforms."""

    store: Store
    clock: Clock
    http: Client
    admin_token: str
    app_id: str
    app_secret: str
    redirect_prefixes: tuple[str, ...]

    def now(self) -> float:
        """Seconds since 1970, from the clock."""
        return self.clock.now().timestamp()

    def setting(self, name: str) -> float:
        """One of `DEFAULTS`, or what an operator set instead."""
        return self.store.settings(DEFAULTS)[name]


def graph_time(seconds: float) -> str:
    """Write an instant the way the platforms do: 2026-11-21T10:00:00+0000."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


def iso_time(seconds: float) -> str:
    """Write an instant with microseconds, for the operator's reports."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")


def day_and_time(seconds: float) -> str:
    """Write an instant for people: 21 Nov 2026, 10:00 UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%d %b %Y, %H:%M UTC")
