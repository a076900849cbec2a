"""What people call the jobs, and what set them off."""

import re

from services.events import HEARERS

_WORDS = {
    "research.run_import": "Importing competitor ads",
    "notifications.tell_import_finished": "Telling people about an import",
    "notifications.tell_review_requested": "Telling people what waits for a decision",
    "notifications.tell_draft_decided": "Telling an author about a decision",
    "notifications.tell_post_published": "Telling people what went out",
    "notifications.tell_post_stopped": "Telling people about a post that stopped",
    "notifications.deliver": "Planning how people hear of it",
    "notifications.send": "Sending a message",
    "media.make_thumbnail": "Making a thumbnail",
    "creative.fit_clip": "Making a clip fit",
    "creative.tell_clip_fixed": "Telling an author about a clip",
    "publishing.step": "Publishing a post",
    "publishing.preflight": "Checking a post before its time",
    "publishing.fetch_permalink": "Fetching a post's address",
    "publishing.post_first_comment": "Posting a first comment",
    "publishing.set_cover": "Setting the cover of a published clip",
    "metrics.plan_pulls": "Planning when to read results",
    "metrics.read_post": "Reading a post's results",
    "accounts.check_channel": "Checking a channel",
    "accounts.renew_channel": "Renewing a channel's token",
    "jobs.run_start": "Running a started job",
    "jobs.tell_quarantined": "Telling people about a job put aside",
    "jobs.tell_stopped": "Telling people about a job that stopped",
    "jobs.tell_schedule_stopped": "Telling people about a schedule that stopped",
}


def task_words(task: str) -> str:
    """For screens; an unknown task is told by its own name in plain words."""
    return _WORDS.get(task) or task.rpartition(".")[2].replace("_", " ").capitalize()


def set_off_by(task: str) -> str:
    """What has to happen for this task to run, as a list names it: "Import requested". Empty where nobody knows."""
    events = [event.__name__ for event, heard in HEARERS.items() if any(job.task == task for job in heard)]
    words = " or ".join(re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower() for name in events)
    return words[:1].upper() + words[1:]
