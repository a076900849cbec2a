"""Background work: runs, progress, the queue's health. Knows jobs by name only."""

from services.jobs.board import ENDED_BADLY, LATE_AFTER_SECONDS, MARKS, board, retry_failed
from services.jobs.board_models import Board, JobLine, Lateness, Queued
from services.jobs.desk import runs_tx
from services.jobs.figures import figures
from services.jobs.installation import Installation, installation, project_version, running_versions
from services.jobs.kinds.defaults import defaults, set_defaults
from services.jobs.kinds.kind import Given, Kind, Link, OfBrand, Outcome, Overlap, Parameters, Reach, RunningJob
from services.jobs.kinds.registry import KINDS, KindUnknown, ParametersWrong, checked, form_fields, get_kind, list_kinds
from services.jobs.models import Beat, Health, Run, RunStatus
from services.jobs.progress import Progress
from services.jobs.readiness import Check, readiness
from services.jobs.runs.acts import AT_ONCE as BULK_MOST
from services.jobs.runs.acts import plan_retry, plan_stop, retry, retry_many, stop, stop_run
from services.jobs.runs.errors import NothingToRetry, NothingToStop, RunNotFound, SpreadTooWide
from services.jobs.runs.listing import (
    PAGE,
    RunPage,
    export_runs,
    find_run,
    list_runs,
    run_attempts,
    run_lines,
    run_of_start,
)
from services.jobs.runs.models import LogLine, LostStart, Place, RetryPlan, RunFilter, Shown, StopPlan, WaitingJob
from services.jobs.runs.note import RunNote
from services.jobs.runs.rescue import rescue
from services.jobs.runs.running_job import Money, RunProgress, TakenOver
from services.jobs.runs.unstarted import SHOWN_MOST, count_waiting, lost_starts, waiting_jobs
from services.jobs.runs.words import what_to_do
from services.jobs.schedules.acts import RunNow, cancel_start, rehearse, run_now
from services.jobs.schedules.begun import Begun, begun, forget_begun, keep_begun
from services.jobs.schedules.errors import (
    CadenceWrong,
    ScheduleChanged,
    ScheduleNotFound,
    ScheduleWrong,
    StillRunning,
)
from services.jobs.schedules.firing import fire_due
from services.jobs.schedules.latest import LatestStart, installation_latest_starts, latest_starts
from services.jobs.schedules.models import Cadence, Draft, Fire, Misfire, Schedule, cron, interval, once
from services.jobs.schedules.restore import restore
from services.jobs.schedules.rules import due_times, next_due, wall_instant
from services.jobs.schedules.service import (
    change_schedule,
    fires,
    get_schedule,
    installation_schedules,
    list_schedules,
    make_schedule,
    next_times,
    pause,
    preview,
    remove,
    resume,
)
from services.jobs.schedules.words import cron_of, describe, words_of
from services.jobs.service import health, live_workers, recent, run, running, workers
from services.jobs.starts.errors import BrandUnknown, StartNotFound, StartNotOver, StartOver, WrongReach
from services.jobs.starts.models import Origin, Start, StartState, Then
from services.jobs.starts.queries import again_of
from services.jobs.starts.queries import newest as list_starts
from services.jobs.starts.running import run_start
from services.jobs.starts.service import cancel, start
from services.jobs.starts.service import get as get_start
from services.jobs.starts.sweeps import find_lost, release_held
from services.jobs.starts.telling import Stopped, stopped, stopped_schedule
from services.jobs.starts.wishing import StartNow, again_now, find_start, start_now
from services.jobs.starts.words import StartWords, start_words
from services.jobs.sweeps import beat, end_beat, purge
from services.jobs.views import NAME_MOST as VIEW_NAME_MOST
from services.jobs.views import SavedView, TooManyViews, ViewNameWrong, forget_view, save_view, saved_views
from services.jobs.words import set_off_by, task_words

__all__ = [
    "BULK_MOST",
    "ENDED_BADLY",
    "KINDS",
    "LATE_AFTER_SECONDS",
    "MARKS",
    "SHOWN_MOST",
    "Beat",
    "Begun",
    "Board",
    "BrandUnknown",
    "Cadence",
    "CadenceWrong",
    "Check",
    "Draft",
    "Fire",
    "Given",
    "Health",
    "Installation",
    "Kind",
    "KindUnknown",
    "Lateness",
    "LatestStart",
    "Link",
    "Misfire",
    "NothingToRetry",
    "OfBrand",
    "Origin",
    "Outcome",
    "Overlap",
    "Parameters",
    "ParametersWrong",
    "Progress",
    "Queued",
    "Reach",
    "Run",
    "Money",
    "RunNotFound",
    "RunNote",
    "SavedView",
    "TooManyViews",
    "VIEW_NAME_MOST",
    "ViewNameWrong",
    "forget_view",
    "save_view",
    "saved_views",
    "NothingToStop",
    "SpreadTooWide",
    "plan_retry",
    "plan_stop",
    "retry_many",
    "runs_tx",
    "stop",
    "stop_run",
    "PAGE",
    "RunPage",
    "count_waiting",
    "export_runs",
    "find_run",
    "find_start",
    "run_of_start",
    "list_runs",
    "lost_starts",
    "run_attempts",
    "run_lines",
    "waiting_jobs",
    "LogLine",
    "LostStart",
    "Place",
    "RetryPlan",
    "RunFilter",
    "Shown",
    "StopPlan",
    "WaitingJob",
    "what_to_do",
    "RunNow",
    "RunProgress",
    "TakenOver",
    "RunStatus",
    "RunningJob",
    "Schedule",
    "ScheduleChanged",
    "ScheduleNotFound",
    "ScheduleWrong",
    "Start",
    "StartNotFound",
    "StartNotOver",
    "StartNow",
    "StartOver",
    "StartState",
    "StartWords",
    "StillRunning",
    "Stopped",
    "JobLine",
    "Then",
    "WrongReach",
    "again_now",
    "again_of",
    "beat",
    "begun",
    "board",
    "cancel",
    "cancel_start",
    "change_schedule",
    "checked",
    "cron",
    "cron_of",
    "defaults",
    "describe",
    "due_times",
    "end_beat",
    "figures",
    "find_lost",
    "fire_due",
    "fires",
    "forget_begun",
    "form_fields",
    "get_kind",
    "get_schedule",
    "get_start",
    "health",
    "installation",
    "installation_latest_starts",
    "installation_schedules",
    "interval",
    "keep_begun",
    "latest_starts",
    "list_kinds",
    "list_schedules",
    "list_starts",
    "live_workers",
    "make_schedule",
    "next_due",
    "next_times",
    "once",
    "pause",
    "preview",
    "project_version",
    "purge",
    "readiness",
    "recent",
    "rehearse",
    "release_held",
    "remove",
    "rescue",
    "restore",
    "resume",
    "retry",
    "retry_failed",
    "run",
    "run_now",
    "run_start",
    "running",
    "running_versions",
    "set_defaults",
    "set_off_by",
    "start",
    "start_now",
    "start_words",
    "stopped",
    "stopped_schedule",
    "task_words",
    "wall_instant",
    "words_of",
    "workers",
]
