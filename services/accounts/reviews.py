"""
The platforms' reviews of our app: what each asks for, what is impossible until then, and how far ours has come.

Sources: the platforms' access and review documentation as of 21 Nov 2026.
"""

from dataclasses import dataclass
from datetime import date

from services import identity
from services.accounts import queries
from services.accounts.errors import NoteTooLong, PlatformUnknown, ReviewDateWrong
from services.accounts.models import Channel, Review, ReviewState
from services.accounts.registry import ADAPTERS
from services.identity import Act
from services.kit.db import Tx

NOTE_MOST = 500


@dataclass(frozen=True)
class ReviewNeed:
    """What a platform asks for, how long it takes as far as anybody knows, and what is impossible `until` then."""

    asks: str
    takes: str
    until: str


_META = ReviewNeed(
    "App Review with a recording for each permission, and Business Verification.",
    "Not published; allow weeks",
    "Only people with a role in the app can connect their accounts.",
)
NEEDS = {
    "instagram": _META,
    "facebook": _META,
    "linkedin": ReviewNeed(
        "Community Management access in two tiers: a registered company, a verified Page and web address, a business "
        "email; then a recording and a test login.",
        "Not published; allow months",
        "At most 100 calls per member a day, and a new sign-in every 60 days.",
    ),
    "pinterest": ReviewNeed(
        "Standard access: a recording of the whole sign-in and of a pin being made.",
        "Days to weeks",
        "Pins are visible to their creator only, at most 300 writes a day.",
    ),
    "tiktok": ReviewNeed(
        "App review and the posting audit: one to five demo videos of the posting screen.",
        "Several days to two weeks",
        "Posts are visible to the account itself only, and the account must be set to private.",
    ),
    "x": ReviewNeed(
        "No review: prepaid credits in X's own console. A post costs $0.015, one with a link $0.20.",
        "The same day",
        "Without credits nothing is posted.",
    ),
    "youtube": ReviewNeed(
        "Verification of the sign-in (privacy policy, verified web address, demo video) and the compliance audit.",
        "Weeks",
        "Every upload is locked to private, and a sign-in in testing ends after 7 days.",
    ),
}


def reviews(tx: Tx) -> list[Review]:
    """How far each platform's review has come, also those that nobody began; only platforms we can connect."""
    identity.demand(tx, Act.LOOK)
    noted = {review.platform: review for review in queries.reviews(tx)}
    return [noted.get(platform) or Review(platform=platform) for platform in NEEDS if platform in ADAPTERS]


def note_review(tx: Tx, platform: str, state: ReviewState, applied_on: date | None = None, note: str = "") -> None:
    """
    Note how far a review has come. Who applied without saying when, applied today.

    :raises PlatformUnknown, ReviewDateWrong, NoteTooLong: nothing is noted
    """
    identity.demand(tx, Act.CONNECT)
    today = tx.now.date()
    if platform not in NEEDS:
        raise PlatformUnknown()
    if applied_on is not None and applied_on > today:
        raise ReviewDateWrong()
    if len(note.strip()) > NOTE_MOST:
        raise NoteTooLong()
    if state is ReviewState.APPLIED:
        applied_on = applied_on or today
    if state is ReviewState.NOT_STARTED:
        applied_on = None
    queries.put_review(tx, Review(platform=platform, state=state, applied_on=applied_on, note=note.strip()))
    identity.audit(tx, "noted", "review", platform, state=state)


def held_back(channel: Channel, found: list[Review]) -> str | None:
    """What this channel cannot do until its platform's review is granted; None where nothing holds it back."""
    need = NEEDS.get(channel.platform)
    granted = {review.platform for review in found if review.state is ReviewState.GRANTED}
    return None if need is None or channel.is_practice or channel.platform in granted else need.until
