"""What a person types to find a run, and what to do about one that ended badly."""

import re

from services.jobs.models import Run, RunStatus
from services.kit import errors
from services.kit.errors import AppError

_ID = re.compile(r"[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_NUMBER = re.compile(r"#(\d{1,18})")
_WORDS_MOST = 8

_BY_STATUS = {
    RunStatus.LOST: "Its worker ended in the middle, by a crash or a restart. Another worker takes the job up by "
    "itself; retry it only where no later attempt follows.",
    RunStatus.QUARANTINED: "It ended five workers in a row and is put aside so that the others go on. Look at what it "
    "works on and at the log of the last attempt, put that right, then release it.",
    RunStatus.ABORTED: "Somebody cancelled it. Retry it when it is wanted again.",
}
_BY_CLASS: tuple[tuple[type[AppError], str], ...] = (
    (errors.PermissionMissing, "The connection lacks a right. Connect the account again and allow everything asked."),
    (errors.CredentialsExpired, "The connection has ended. Connect the account again on Channels, then retry."),
    (errors.RateLimited, "The other system asked to wait too often. Retry later, spread over some time."),
    (errors.Unavailable, "The other system could not be reached. Nothing was done: retry when it is back."),
    (errors.Rejected, "The other system refuses this content. Change what it names, then start it anew."),
    (errors.OutcomeUnknown, "Nobody knows whether it was done. Look there first; retry only if it was not."),
    (errors.BudgetExceeded, "A limit of ours is reached. Wait until it opens again, or raise it, then retry."),
    (errors.NotFound, "What it works on is gone. There is nothing to retry."),
    (errors.NotAllowed, "The person it works for may not do this any more. Somebody with the right starts it anew."),
    (errors.Conflict, "Something changed meanwhile. Look at it and start it anew where it is still wanted."),
    (errors.UserError, "Something in what it was given is not right. Put that right and start it anew."),
)
_DEFECT = "This is a fault of Loopdesk. Retry it once; if it fails again, give its trace id to whoever runs Loopdesk."


def asked(text: str) -> tuple[str | None, str | None, int | None]:
    """What is searched for: words as a tsquery, one exact id, or a number; at most one of them."""
    plain = text.strip()
    if number := _NUMBER.fullmatch(plain):
        return None, None, int(number[1])
    if _ID.fullmatch(plain):
        return None, plain.lower(), None
    words = re.findall(r"\w+", plain)[:_WORDS_MOST]
    return (" & ".join(f"{word}:*" for word in words) or None), None, None


def what_to_do(run: Run) -> str:
    """One sentence or two; empty where there is nothing to do."""
    if run.status in _BY_STATUS:
        return _BY_STATUS[run.status]
    if run.status is not RunStatus.FAILED:
        return ""
    told = _error_class((run.error or "").partition(":")[0])
    return next((words for kind, words in _BY_CLASS if told is not None and issubclass(told, kind)), _DEFECT)


def _error_class(name: str, above: type[AppError] = AppError) -> type[AppError] | None:
    if above.__name__ == name:
        return above
    return next((found for below in above.__subclasses__() if (found := _error_class(name, below))), None)
