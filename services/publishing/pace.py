"""How long everything may take, in one table. Scaled as a whole by the setting `publishing_pace`."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from services.publishing.models import PostState

# publishing.md section 4: when to look for a post whose answer was lost; then once a day.
_LOOKS = (10.0, 30.0, 120.0, 600.0, 1_800.0)
_DAY = 86_400.0
# Instagram's advice is once a minute for five minutes; pictures are ready within seconds, so the first polls are close.
_POLLS = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 60.0, 60.0, 120.0)
_BACKOFF_FIRST, _BACKOFF_MOST = 5.0, 600.0
# How long a state may last before the sweep looks at it again.
_DEADLINES = {
    PostState.DUE: 60.0,
    PostState.PREPARING: 120.0,
    PostState.UPLOADING: 1_800.0,  # a long piece over a slow line; every piece begins it anew
    PostState.PROCESSING: 180.0,
    PostState.READY: 180.0,
    PostState.PUBLISHING: 180.0,  # a platform may take two minutes to answer
    PostState.UNCONFIRMED: _DAY,
    PostState.HELD: 7 * _DAY,
}


@dataclass(frozen=True)
class Pace:
    """All lengths of publishing. `factor` 1 is the product; the crash suite runs with a small fraction."""

    factor: float = 1.0

    def look(self, looks_done: int) -> timedelta:
        """Until the next look for a lost answer."""
        return self._of(_LOOKS[looks_done] if looks_done < len(_LOOKS) else _DAY)

    @staticmethod
    def is_last_look(looks_done: int) -> bool:
        """Is it time to ask a person?"""
        return looks_done >= len(_LOOKS)

    def poll(self, polls_done: int) -> timedelta:
        return self._of(_POLLS[min(polls_done, len(_POLLS) - 1)])

    def backoff(self, retries_done: int, attempt_id: UUID) -> timedelta:
        """Doubles from 5 s to 10 min, spread by up to a quarter so that many posts do not return together."""
        wait = min(_BACKOFF_MOST, _BACKOFF_FIRST * 2 ** min(retries_done, 20))
        digest = hashlib.sha256(f"{attempt_id}/{retries_done}".encode()).digest()
        return self._of(wait * (1 + digest[0] / 1024))

    def deadline(self, state: PostState) -> timedelta | None:
        """How long a state may last; None where for ever."""
        return self.limit(state) if state in _DEADLINES else None

    def limit(self, state: PostState) -> timedelta:
        """As `deadline`, of a state that has one."""
        return max(self._of(_DEADLINES[state]), timedelta(seconds=2))

    @property
    def beat(self) -> timedelta:
        """How often a worker that is sending says so."""
        return self._of(20.0)

    @property
    def due_deadline(self) -> timedelta:
        """A due post that nobody took up by then is queued once more."""
        return self.limit(PostState.DUE)

    @property
    def processing_most(self) -> timedelta:
        """Media that is not processed by then never will be; an hour is seen with long videos."""
        return self._of(7_200.0)

    @property
    def processing_after_most(self) -> timedelta:
        """A taken post that is still processed after this is looked for like one whose answer was lost."""
        return self._of(_DAY)

    @property
    def slow_poll(self) -> timedelta:
        """Between two questions about a taken post."""
        return self._of(20.0)

    @property
    def tries_most(self) -> timedelta:
        """From the due instant: after this the post has failed, however it is stuck."""
        return max(self._of(21_600.0), timedelta(seconds=60))

    @property
    def send_within(self) -> timedelta:
        """A worker that was asleep for longer between its intent and the call must not make the call."""
        return max(self._of(5.0), timedelta(seconds=1))

    @property
    def gap(self) -> timedelta:
        """Without a worker for longer than this, what waited may be out already: the database may be a restored one."""
        return max(self._of(120.0), timedelta(seconds=3))

    @property
    def late_most(self) -> timedelta:
        """A post found this long after its moment is not sent unasked."""
        return timedelta(days=1)

    @property
    def quota_wait(self) -> timedelta:
        """Where a platform does not say when its quota is free again."""
        return self._of(3_600.0)

    def _of(self, seconds: float) -> timedelta:
        return timedelta(seconds=seconds * self.factor)
