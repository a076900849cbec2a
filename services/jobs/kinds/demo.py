"""A job that does nothing, in steps: for trying schedules, chains, cancelling and what a failure looks like."""

import threading

from pydantic import Field

from services.jobs.kinds.kind import Given, Link, Outcome, Overlap, Parameters, Reach, RunningJob
from services.kit.app import App
from services.kit.db import Scope
from services.kit.errors import Rejected
from services.kit.text import counted


class DemoParameters(Parameters):
    steps: int = Field(default=5, ge=1, le=1_000, title="Steps", description="How many steps it takes.")
    seconds: float = Field(
        default=1.0, ge=0, le=60, title="Seconds per step", description="How long it waits in each step."
    )
    fail_at: int = Field(
        default=0, ge=0, le=1_000, title="Fail at step", description="The step in which it fails; 0 never fails."
    )
    given: Given | None = Field(default=None, title="Before", description="What the job before it left behind.")


class Demo:
    """Waits, counts, and fails where it is told to."""

    name = "demo"
    title = "Practice"
    help = "Takes some steps and some seconds, and fails where you tell it to. Touches nothing."
    icon = ":material/science:"
    parameters: type[Parameters] = DemoParameters
    reach: Reach = "organisation"
    overlap = Overlap.SKIP
    payload_version = 1

    def rehearse(self, app: App, scope: Scope, parameters: DemoParameters) -> list[str]:
        told = [f"Would take {counted(parameters.steps, 'step')} of {counted(parameters.seconds, 'second')} each."]
        if 0 < parameters.fail_at <= parameters.steps:
            told.append(f"Would fail in step {parameters.fail_at}.")
        return told

    def run(self, app: App, scope: Scope, parameters: DemoParameters, run: RunningJob) -> Outcome:
        if parameters.given:
            run.log(f"Follows “{parameters.given.kind}”, which said: {parameters.given.outcome.said}")
        for step in range(1, parameters.steps + 1):
            if run.should_stop:
                return _said(step - 1, "Stopped when asked to")
            threading.Event().wait(parameters.seconds)
            if step == parameters.fail_at:
                raise Rejected(f"Step {step} failed, as it was told to.")
            run.step(step, parameters.steps, f"step {step}")
            run.log(f"Step {step} of {parameters.steps} is done.")
        return _said(parameters.steps, "Done")


def _said(steps: int, how: str) -> Outcome:
    words = f"{how}, after {counted(steps, 'step')}."
    return Outcome(said=words, links=(Link(label="Jobs", path="/jobs"),), counts={"steps": steps})
