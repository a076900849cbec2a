"""Posts and attempts: approved bytes, exactly once."""

from services.publishing.bundle import failure_bundle
from services.publishing.calendar import (
    GROUPS,
    MOVING,
    CalendarFilter,
    StateGroup,
    attention,
    calendar,
    group_of,
    is_empty,
    post_detail,
    seen,
    this_week,
    went_out,
)
from services.publishing.cautions import cautions
from services.publishing.clashes import clashes, same_text, wanted, warning_of
from services.publishing.clip_offers import AS_IT_IS, ClipOffer, Shape, clip_offers_of
from services.publishing.confirm import confirm_absent, confirm_there
from services.publishing.cover_fix import cover_fix_of
from services.publishing.covers import moment_ms
from services.publishing.errors import (
    AddressWrong,
    AlreadyPlanned,
    ApprovalGone,
    ApprovalNotFound,
    CoverIsSet,
    DoesNotFit,
    NoFreeSlot,
    NoSlots,
    NotFetchable,
    NotUnconfirmed,
    PostLocked,
    PostNotFound,
    SealOnly,
)
from services.publishing.feed import FeedNotFound, feeds_of, make_feed, read_feed, revoke_feed
from services.publishing.figures import figures
from services.publishing.first_comment import post_first_comment
from services.publishing.fixes import Fix, fixes_of
from services.publishing.free_slot import free_slots
from services.publishing.models import Attempt, CoverStep, Happening, Outcome, Post, PostState, Reason
from services.publishing.offered import offered
from services.publishing.on_screen import CalendarPost, HistoryLine, PostDetail, PostOnScreen, Seen, WantedDraft
from services.publishing.permalink import fetch_permalink
from services.publishing.plan import cancel_post, move_post, plan_post, publish_now, try_again, undo_decision
from services.publishing.preflight import check_again, preflight
from services.publishing.proof import FormProof, Proof, ProofUnreadable, keep_proof, latest_proof
from services.publishing.publisher import COVER_SECOND, Cover, PlatformSpec, Problem, Setting
from services.publishing.reads import (
    attempts_of,
    history_of,
    post,
    problems,
    problems_of,
    spec_of,
    unfetchable,
)
from services.publishing.record import FormRecord, PostLine, Totals, record_by_form, record_lines, record_totals
from services.publishing.registry import FormatUnknown, PlatformUnknown, formats, takes_comments
from services.publishing.release import queue_preflights, release_due, sweep_deadlines
from services.publishing.rules import is_locked, may_try_again
from services.publishing.set_cover import set_cover, try_cover_again
from services.publishing.sheet import COLUMNS, ROWS_MAX, Sheet, SheetRefused, SheetRow, read_sheet, save_sheet
from services.publishing.steps import step

__all__ = [
    "AS_IT_IS",
    "ClipOffer",
    "Shape",
    "clip_offers_of",
    "FormProof",
    "FormRecord",
    "PostLine",
    "Proof",
    "ProofUnreadable",
    "Totals",
    "keep_proof",
    "latest_proof",
    "record_by_form",
    "record_lines",
    "record_totals",
    "problems_of",
    "COVER_SECOND",
    "Cover",
    "CoverIsSet",
    "CoverStep",
    "cover_fix_of",
    "moment_ms",
    "set_cover",
    "try_cover_again",
    "formats",
    "FormatUnknown",
    "GROUPS",
    "MOVING",
    "AddressWrong",
    "AlreadyPlanned",
    "ApprovalGone",
    "ApprovalNotFound",
    "Attempt",
    "CalendarFilter",
    "CalendarPost",
    "DoesNotFit",
    "Fix",
    "fixes_of",
    "Happening",
    "HistoryLine",
    "NotFetchable",
    "NoFreeSlot",
    "NoSlots",
    "NotUnconfirmed",
    "Outcome",
    "PlatformSpec",
    "Setting",
    "PlatformUnknown",
    "Post",
    "PostDetail",
    "PostLocked",
    "PostNotFound",
    "PostOnScreen",
    "PostState",
    "Problem",
    "Reason",
    "SealOnly",
    "Seen",
    "StateGroup",
    "attempts_of",
    "attention",
    "calendar",
    "cancel_post",
    "cautions",
    "check_again",
    "confirm_absent",
    "confirm_there",
    "failure_bundle",
    "fetch_permalink",
    "figures",
    "free_slots",
    "group_of",
    "is_empty",
    "history_of",
    "is_locked",
    "may_try_again",
    "move_post",
    "offered",
    "plan_post",
    "post_first_comment",
    "takes_comments",
    "post",
    "post_detail",
    "preflight",
    "problems",
    "publish_now",
    "queue_preflights",
    "release_due",
    "seen",
    "spec_of",
    "step",
    "sweep_deadlines",
    "this_week",
    "try_again",
    "undo_decision",
    "unfetchable",
    "went_out",
    "WantedDraft",
    "FeedNotFound",
    "SheetRefused",
    "SheetRow",
    "COLUMNS",
    "ROWS_MAX",
    "Sheet",
    "read_sheet",
    "save_sheet",
    "feeds_of",
    "make_feed",
    "read_feed",
    "revoke_feed",
    "clashes",
    "same_text",
    "wanted",
    "warning_of",
]
