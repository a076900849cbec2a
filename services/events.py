"""What happens, and which jobs hear it. This table is the map of the product; rooms never import forwards."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Event:
    """Something happened, told in ids only. Emitted with `tx.emit`, heard once the transaction commits."""

    def job_arguments(self) -> dict[str, Any]:
        return {key: str(value) if isinstance(value, UUID) else value for key, value in asdict(self).items()}


@dataclass(frozen=True)
class ImportRequested(Event):
    import_id: UUID


@dataclass(frozen=True)
class ImportFinished(Event):
    import_id: UUID


@dataclass(frozen=True)
class AssetStored(Event):
    asset_id: UUID


@dataclass(frozen=True)
class ClipFixAsked(Event):
    fix_id: UUID


@dataclass(frozen=True)
class ClipFixEnded(Event):
    """A clip that fits was made, or could not be."""

    fix_id: UUID


@dataclass(frozen=True)
class ReviewRequested(Event):
    request_id: UUID


@dataclass(frozen=True)
class DraftDecided(Event):
    request_id: UUID


@dataclass(frozen=True)
class CommentWritten(Event):
    comment_id: UUID


@dataclass(frozen=True)
class DigestDue(Event):
    """It is morning, and something waits. `on` is the day, written as 2026-11-23."""

    on: str


@dataclass(frozen=True)
class PostDue(Event):
    """
    A post's time has come. Goes before the further steps of others, so that in a crowd all start.

    `traceparent` is the click's that planned it, where the clockwork emits this.
    """

    post_id: UUID
    channel_id: UUID
    traceparent: str | None = None


@dataclass(frozen=True)
class PostWoken(Event):
    """A post that had to wait goes on with the step its state asks for."""

    post_id: UUID
    channel_id: UUID
    traceparent: str | None = None


@dataclass(frozen=True)
class PreflightDue(Event):
    """A planned post is a day or an hour from its time: will it be able to go out?"""

    post_id: UUID


@dataclass(frozen=True)
class PostPublished(Event):
    post_id: UUID


@dataclass(frozen=True)
class CoverWanted(Event):
    """Somebody wants the cover of a published post to be given once more."""

    post_id: UUID


@dataclass(frozen=True)
class PostStopped(Event):
    """A post failed, is held, or has no clear outcome: somebody is told."""

    post_id: UUID


@dataclass(frozen=True)
class MetricsDue(Event):
    pull_id: UUID


@dataclass(frozen=True)
class ChannelCheckDue(Event):
    channel_id: UUID


@dataclass(frozen=True)
class ChannelRenewalDue(Event):
    """A channel's token nears its end. Not in line behind the account's posts: an upload may take an hour."""

    channel_id: UUID


@dataclass(frozen=True)
class JobStarted(Event):
    """Somebody or something wishes a kind of job to run."""

    start_id: UUID


@dataclass(frozen=True)
class JobStopped(Event):
    """It failed, its worker died, or it was lost: somebody is told."""

    start_id: UUID


@dataclass(frozen=True)
class JobQuarantined(Event):
    """It ended so many workers that it is put aside: somebody is told."""

    run_id: int


@dataclass(frozen=True)
class NoticeTold(Event):
    """Somebody was told something: what leaves by other ways than the inbox is planned."""

    telling_id: UUID


@dataclass(frozen=True)
class NoticeDue(Event):
    """A message to one target leaves now."""

    delivery_id: UUID


@dataclass(frozen=True)
class ScheduleStopped(Event):
    """A schedule could not start what it should, and was paused with the reason on it: somebody is told."""

    schedule_id: UUID


@dataclass(frozen=True)
class PipelineAlerted(Event):
    """Something that should have run did not, or runs again: somebody is told."""

    alert_id: UUID


@dataclass(frozen=True)
class Job:
    """One job that hears an event: its task name, and what keeps it single or in order."""

    task: str
    queue: str = "default"
    lock: Callable[[Any], str] | None = None
    queueing_lock: Callable[[Any], str] | None = None
    at: Callable[[Any], datetime] | None = None
    priority: int = 0


HEARERS: Mapping[type[Event], tuple[Job, ...]] = {
    ImportRequested: (Job("research.run_import", lock=lambda e: f"import:{e.import_id}"),),
    ImportFinished: (Job("notifications.tell_import_finished"),),
    AssetStored: (Job("media.make_thumbnail", queueing_lock=lambda e: f"thumbnail:{e.asset_id}"),),
    # one at a time, whoever asks: it takes the whole machine
    ClipFixAsked: (Job("creative.fit_clip", lock=lambda _e: "clips"),),
    ClipFixEnded: (Job("creative.tell_clip_fixed"),),
    ReviewRequested: (Job("notifications.tell_review_requested"),),
    DraftDecided: (Job("notifications.tell_draft_decided"),),
    CommentWritten: (Job("notifications.tell_comment"),),
    DigestDue: (Job("notifications.tell_digest"),),
    PostDue: (Job("publishing.step", queue="publishing", priority=20, lock=lambda e: f"account:{e.channel_id}"),),
    PostWoken: (Job("publishing.step", queue="publishing", priority=10, lock=lambda e: f"account:{e.channel_id}"),),
    PreflightDue: (Job("publishing.preflight", queueing_lock=lambda e: f"preflight:{e.post_id}"),),
    PostPublished: (
        Job("notifications.tell_post_published"),
        Job("metrics.plan_pulls"),
        Job("publishing.fetch_permalink"),
        Job("publishing.post_first_comment", lock=lambda e: f"comment:{e.post_id}"),
        Job("publishing.set_cover", lock=lambda e: f"cover:{e.post_id}"),
    ),
    CoverWanted: (Job("publishing.set_cover", lock=lambda e: f"cover:{e.post_id}"),),
    PostStopped: (Job("notifications.tell_post_stopped"),),
    NoticeTold: (Job("notifications.deliver"),),
    # behind everything else: a mail server that hangs must not keep posts waiting
    NoticeDue: (Job("notifications.send", lock=lambda e: f"notice:{e.delivery_id}", priority=-10),),
    MetricsDue: (Job("metrics.read_post", lock=lambda e: f"pull:{e.pull_id}"),),
    ChannelCheckDue: (
        Job(
            "accounts.check_channel",
            lock=lambda e: f"account:{e.channel_id}",
            queueing_lock=lambda e: f"check:{e.channel_id}",
        ),
    ),
    ChannelRenewalDue: (
        Job(
            "accounts.renew_channel",
            lock=lambda e: f"renewal:{e.channel_id}",
            queueing_lock=lambda e: f"renewal:{e.channel_id}",
            priority=5,
        ),
    ),
    JobStarted: (
        Job("jobs.run_start", lock=lambda e: f"start:{e.start_id}", queueing_lock=lambda e: f"start:{e.start_id}"),
    ),
    JobStopped: (Job("jobs.tell_stopped"),),
    ScheduleStopped: (Job("jobs.tell_schedule_stopped"),),
    JobQuarantined: (Job("jobs.tell_quarantined"),),
    PipelineAlerted: (Job("pipelines.tell_alert"),),
}
