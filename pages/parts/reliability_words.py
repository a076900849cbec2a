"""How the proof and the record read: sentences, rows, the CSV. Values in, escaped markup or plain values out."""

from collections.abc import Mapping, Sequence

from pages.parts import zones
from pages.parts.markup import esc, mark
from pages.parts.tokens import CHANNELS
from services import publishing
from services.kit.text import counted

# What a scenario of the crash suite does, in words; a kind without words is shown by its name.
FAULTS: Mapping[str, str] = {
    "kill": "A worker dies between two steps",
    "zombie": "A worker sleeps, and wakes when another has taken over",
    "shot": "A worker dies at any instant",
    "doubled": "Several workers at once, one of them dies",
    "calm": "Nothing",
    "lost": "The platform does it, and its answer is lost",
    "timeout": "The answer takes too long, before or after the act",
    "refused": "Server errors, with and without the act",
    "retry_after": "“Too many requests”, with a time to wait",
    "quota": "The quota is used up",
    "token": "The token ends, is withdrawn or is replaced in the middle",
    "refresh": "Renewals race, or their answer is lost",
    "empty_refresh": "A renewal answers without a token",
    "processing": "Processing fails",
    "slow": "Processing takes 40 minutes",
    "altered": "Media is changed after the approval",
    "rights": "Rights end after the approval",
    "withdrawn": "The approval is withdrawn",
    "skew": "Workers' clocks are minutes apart",
    "dst": "The clocks go forward or back at the time of the post",
    "deaf": "No notice of due posts arrives",
    "database": "The database restarts",
    "server": "A process of the database is killed",
    "restore": "A backup from before the publish is restored",
}
CSV_HEADER = (
    "Post", "Platform", "Format", "Channel", "State", "Due", "Taken up", "Published", "Late (s)", "Attempts",
    "Lost answers", "Id on the platform", "Reason",
)  # fmt: skip


def promises(proof: publishing.Proof) -> list[tuple[int, str]]:
    """How often each promise was broken, with what it says."""
    return [
        (proof.doubles, "published twice"),
        (proof.lost, "lost after it was acknowledged"),
        (proof.stuck, "stuck without an end"),
        (proof.untrue, "other than what was approved"),
        (proof.needless, "stopped without need"),
    ]


def form_rows(forms: Sequence[publishing.FormProof]) -> list[str]:
    """One row per platform and format of the proof."""
    return [_row(one.platform, one.format, counted(one.posts, "post"), _ends(one.ends)) for one in forms]


def record_rows(forms: Sequence[publishing.FormRecord]) -> list[str]:
    """One row per platform and format of the record."""
    return [_row(one.platform, one.format, f"{one.published:,} published", _record(one)) for one in forms]


def late(seconds: float | None) -> str:
    return "–" if seconds is None else zones.span(seconds)


def csv_row(line: publishing.PostLine) -> tuple[object, ...]:
    """In the order of `CSV_HEADER`; instants as ISO in UTC."""
    return (
        line.id, line.platform, line.format, line.channel, line.state, line.due_at.isoformat(),
        line.started_at.isoformat() if line.started_at else "",
        line.published_at.isoformat() if line.published_at else "",
        "" if line.late_seconds is None else round(line.late_seconds, 3),
        line.attempts, line.lost_answers, line.remote_id or "", line.reason,
    )  # fmt: skip


def _row(platform: str, kind: str, figure: str, note: str) -> str:
    known = CHANNELS.get(platform)
    name = f"{known.name if known else platform} {kind.replace('_', ' ')}".strip()
    return (
        f'<div class="row">{mark(platform)}<span>{esc(name)}</span><span class="mut cut">{esc(note)}</span>'
        f'<span class="sp num">{esc(figure)}</span></div>'
    )


def _ends(ends: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {state}" for state, count in sorted(ends.items(), key=lambda end: -end[1]))


def _record(one: publishing.FormRecord) -> str:
    told = [f"{one.failed} failed"] if one.failed else []
    told += [f"{one.unconfirmed} unconfirmed"] if one.unconfirmed else []
    return ", ".join([*told, f"late {late(one.late_median_seconds)}, at worst {late(one.late_p99_seconds)}"])
