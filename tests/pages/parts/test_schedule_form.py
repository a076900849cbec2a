"""What a form of a schedule is made of: widgets by type, bounds, and words put together from days and a time."""

from datetime import time
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field
from pydantic.fields import FieldInfo
from streamlit.testing.v1 import AppTest

from pages.parts.schedule_build import built_words
from pages.parts.schedule_form import Limits, limits_of, widget
from services import jobs

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
AT = time(7, 5)


def _screen() -> None:
    import streamlit as st

    from pages.parts.schedule_form import form
    from tests.pages.parts.test_schedule_form import All

    given = {"count": "not a number", "names": ["a", "b"], "size": "large"}
    st.session_state["found"] = form(
        All.model_fields, given, lambda _: {"count": "too small", "": "x"}, part="p", key="k"
    )


class All(BaseModel):
    """A field of every type that has a widget."""

    count: Annotated[int, Field(ge=2, le=9)] = Field(default=3, title="Count", description="How many.")
    share: float = Field(default=0.5, title="Share", description="Of all.")
    on: bool = Field(default=True, title="On", description="Whether.")
    name: str = Field(default="x", max_length=20, title="Name", description="Its *name*.")
    size: Literal["small", "large"] = Field(default="small", title="Size", description="How big.")
    after: jobs.Overlap = Field(default=jobs.Overlap.QUEUE, title="After", description="What then.")
    names: list[str] = Field(default=[], title="Names", description="All.")
    note: str | None = Field(default=None, title="Note", description="If any.")


def test_every_type_has_a_widget_and_comes_back_as_the_model_takes_it() -> None:
    test = AppTest.from_function(_screen).run()
    assert not test.exception
    found = test.session_state["found"]
    assert found == {
        "count": 3, "share": 0.5, "on": True, "name": "x", "size": "large", "after": "queue", "names": ["a", "b"],
        "note": None,
    }  # fmt: skip
    assert All.model_validate(found).size == "large"
    page = " ".join(str(one.proto.body) for one in test.get("html"))
    assert "Too small." in page and "X." in page
    assert (test.number_input[0].min, test.number_input[0].max) == (2, 9)


def test_a_type_without_a_widget_is_refused_loudly() -> None:
    with pytest.raises(TypeError, match="no widget"):
        widget(FieldInfo(annotation=dict[str, int], title="X"), {}, part="x", key="y")
    assert limits_of(FieldInfo(annotation=int)) == Limits(None, None, None)


@pytest.mark.parametrize(
    ("days", "day_of_month", "words"),
    [
        (DAYS, None, "every day at 07:05"),
        (DAYS[:5], None, "every weekday at 07:05"),
        (("Friday", "Monday"), None, "every Monday and Friday at 07:05"),
        (("Friday", "Monday", "Sunday"), None, "every Monday, Friday and Sunday at 07:05"),
        (("Sunday",), None, "every Sunday at 07:05"),
        ((), 3, "on day 3 of each month at 07:05"),
        ((), 32, "on the last day of each month at 07:05"),
    ],
)
def test_words_put_together_are_understood(days: tuple[str, ...], day_of_month: int | None, words: str) -> None:
    assert built_words(days, day_of_month, AT) == words
    assert jobs.words_of(jobs.cron_of(words)) == words


def test_without_a_day_there_are_no_words() -> None:
    assert built_words((), None, AT) == ""
