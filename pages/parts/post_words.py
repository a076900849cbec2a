"""What a post's stored facts are called: how late it was, why it stopped, what happened to it."""

from datetime import datetime

from pages.parts.tokens import state_of
from pages.parts.zones import span, when
from services import publishing
from services.kit.text import counted
from services.publishing import PostState, Reason

LATE_SECONDS = 60.0
GROUP_WORDS = {
    publishing.StateGroup.SCHEDULED: ("Scheduled", "planned"),
    publishing.StateGroup.PUBLISHING: ("Publishing", "publishing"),
    publishing.StateGroup.PUBLISHED: ("Published", "published"),
    publishing.StateGroup.ATTENTION: ("Needs you", "unconfirmed"),
    publishing.StateGroup.CANCELLED: ("Cancelled", "cancelled"),
}
CSV_HEADER = ("planned for", "time zone", "state", "channel", "platform", "practice", "title", "published at",
              "late seconds", "address", "reason")  # fmt: skip
_WHY = {
    Reason.SEAL: "What is stored is not what was approved. It goes out only with a new approval.",
    Reason.WITHDRAWN: "Its approval was taken back. It goes out only with a new one.",
    Reason.TOKEN: "The connection of the channel has ended. Reconnect it, then send the post.",
    Reason.QUOTA: "The channel has used up what it may post for now.",
    Reason.RIGHTS: "The rights to one of its pictures have ended.",
    Reason.LATE: "Nobody was there at its time. Look at it, then send it or cancel it.",
    Reason.RESTORED: "The database was brought back from a backup, so it may be out already. Look there.",
    Reason.REFUSED: "The platform refused it. Change the ad and have it approved again, or try once more.",
    Reason.GAVE_UP: "It was tried for as long as makes sense.",
    Reason.LOOKING: "The platform gave no clear answer. We are looking whether it is there.",
    Reason.ACCEPTED: "The platform has it and processes it. It is public once that is done.",
    Reason.MEDIA: "The platform fetches the files itself and cannot reach ours.",
    Reason.LINK: "The page it links to does not answer as it should. Put the page right, or change the link.",
    Reason.AT_RISK: "It could not go out as things stand.",
    Reason.UNPROVEN: "The platform gave no clear answer, and we could not find out. Look there, and decide.",
    Reason.WAITING: "It is tried again by itself.",
}
_WORDS = {"publishing": "Sent to the platform", "due": "Its time came", "preparing": "Taken up by a worker",
          "uploading": "Uploading", "processing": "The platform processes it", "ready": "Ready to be published",
          "planned": "Scheduled"}  # fmt: skip


def counts(posts: list[publishing.CalendarPost]) -> str:
    """ "36 posts · 22 out, 8 scheduled, 3 need you"; parts that are nothing are left out."""
    by_group = {group: sum(publishing.group_of(one.shown_state) is group for one in posts) for group in GROUP_WORDS}
    told = (
        ("out", publishing.StateGroup.PUBLISHED),
        ("publishing", publishing.StateGroup.PUBLISHING),
        ("scheduled", publishing.StateGroup.SCHEDULED),
        ("need you", publishing.StateGroup.ATTENTION),
        ("cancelled", publishing.StateGroup.CANCELLED),
    )
    parts = [_need(by_group[group], word) for word, group in told if by_group[group]]
    head = counted(len(posts), "post")
    return f"{head} · {', '.join(parts)}" if parts else head


def lateness(post: publishing.CalendarPost) -> str:
    """How long after its time a worker took it up; empty before that."""
    late = post.late_seconds
    if late is None:
        return ""
    return f"started {span(round(max(0.0, late), 1))} after its time"


def is_late(post: publishing.CalendarPost) -> bool:
    return (post.late_seconds or 0.0) > LATE_SECONDS


def why(post: publishing.CalendarPost) -> str:
    """Why it stopped or waits, and what that means: our own sentence; what the platform said stands beside it."""
    return _WHY.get(Reason(post.reason_class), "") if post.reason_class in set(Reason) else ""


def history_words(line: publishing.HistoryLine, zone: str, now: datetime) -> str:
    """One line of the history, in a person's words."""
    if line.detail.startswith("moved to "):
        return f"Moved to {when(datetime.fromisoformat(line.detail.removeprefix('moved to ')), zone, now)}"
    words = _WORDS.get(line.to_state) or state_of(line.to_state).label
    return f"{words}: {line.detail}" if line.detail else words


def csv_row(post: publishing.CalendarPost) -> tuple[object, ...]:
    return (
        post.due_at, post.time_zone, post.state.value, post.channel_name, post.platform, post.is_practice, post.title,
        post.published_at, post.late_seconds, post.permalink, post.reason,
    )  # fmt: skip


def is_moving(post: publishing.CalendarPost, now: datetime) -> bool:
    """Is it worth looking again soon? Under way, about to be due, looked for, or just out and without its address."""
    soon = post.state is PostState.PLANNED and (post.due_at - now).total_seconds() < 90
    is_sought = post.state is PostState.UNCONFIRMED and post.wake_at is not None
    is_fresh = post.published_at is not None and (now - post.published_at).total_seconds() < 60
    return post.state in publishing.MOVING or soon or is_sought or (is_fresh and not post.permalink)


def _need(count: int, word: str) -> str:
    return counted(count, "needs you" if word == "need you" else word, word)
