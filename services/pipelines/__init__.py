"""The stages that work passes through: how each is doing, what is promised of it, what should have happened."""

from services.pipelines.models import Alert, Budget, Measured, StageState, Standing
from services.pipelines.registry import STAGES, StageUnknown, get_stage, list_stages
from services.pipelines.rules import LOOK_BACK, WINDOW, spoken
from services.pipelines.service import (
    GO_BACK_MOST,
    MOST_BROKEN,
    AlertNotFound,
    MarkUnknown,
    NoGoingBack,
    TooFarBack,
    alert,
    alerts,
    broken,
    go_back,
    has_own_targets,
    marks,
    rejected,
    set_targets,
    standings,
    usual_targets,
)
from services.pipelines.stage import Check, Mark, Stage, Table, Targets
from services.pipelines.watching import watch

__all__ = [
    "GO_BACK_MOST",
    "LOOK_BACK",
    "MOST_BROKEN",
    "STAGES",
    "WINDOW",
    "Alert",
    "AlertNotFound",
    "Budget",
    "Check",
    "Mark",
    "MarkUnknown",
    "Measured",
    "NoGoingBack",
    "Stage",
    "StageState",
    "StageUnknown",
    "Standing",
    "Table",
    "Targets",
    "TooFarBack",
    "alert",
    "alerts",
    "broken",
    "get_stage",
    "go_back",
    "has_own_targets",
    "list_stages",
    "marks",
    "rejected",
    "set_targets",
    "spoken",
    "standings",
    "usual_targets",
    "watch",
]
