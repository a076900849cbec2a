"""What became of a start that has no run, in words."""

from dataclasses import dataclass

from services.jobs.starts.models import Start, StartState

_GONE = (
    "Nothing was done, so that it can be started again without harm. A job goes missing where the queue was emptied or "
    "the database was brought back to an earlier state. If it happens again, look on System whether a worker lives."
)


@dataclass(frozen=True)
class StartWords:
    """Sentences; empty where there is nothing to say."""

    happened: str
    why: str
    to_do: str


def start_words(start: Start) -> StartWords:
    """What happened, why, and what to do."""
    told = {
        StartState.WAITING: ("It waits in the queue and has not run.", "It runs by itself when its turn has come."),
        StartState.RUNNING: ("It has just begun.", ""),
        StartState.RETRYING: ("It did not go through and is tried again by itself.", ""),
        StartState.SUCCEEDED: ("It is done.", ""),
        StartState.FAILED: ("It failed.", "Put right what it says, then start it again."),
        StartState.CRASHED: ("Its worker ended in the middle.", "Start it again."),
        StartState.CANCELLED: (
            "It was cancelled before it ran. Nothing was done.",
            "Start it again when it is wanted.",
        ),
        StartState.LOST: ("It should have run and never did.", _GONE),
    }
    happened, to_do = told[start.state]
    return StartWords(happened, start.held or start.error, to_do)
