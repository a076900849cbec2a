"""The figures of the results: what is stacked, what is grey, and that names are text."""

from datetime import date
from uuid import UUID

from pages.parts.figures import gains_figure, rates_figure
from services.metrics import DayGain


def gain(post: int, day: int, views: int | None) -> DayGain:
    return DayGain(post_id=UUID(int=post), on=date(2026, 11, day), views=views, engagement=None)


def test_posts_are_stacked_per_day_and_the_small_ones_share_a_bar() -> None:
    gains = [gain(post, day, post * 10) for post in range(1, 10) for day in range(1, 8)]
    figure = gains_figure(gains, "views", {UUID(int=post): f"Post {post}" for post in range(1, 10)}, dark=False)
    assert [bar.name for bar in figure.data] == [*(f"Post {post}" for post in range(9, 3, -1)), "All other posts"]
    assert figure.layout.barmode == "stack"
    assert list(figure.data[-1].y) == [60] * 7
    assert list(figure.data[0].y) == [90] * 7


def test_a_day_that_is_not_known_is_a_gap_and_a_first_day_is_a_slim_bar() -> None:
    figure = gains_figure([gain(1, 1, None), gain(1, 2, 5)], "views", {}, dark=True)
    assert list(figure.data[0].x) == [date(2026, 11, 2)]
    assert figure.data[0].width == 0.28
    assert gains_figure([gain(1, 1, 3)], "engagement", {}, dark=True).data == ()


def test_names_are_text_and_are_cut() -> None:
    name = '<a href="https://evil.example">free</a> money for everybody'
    figure = gains_figure([gain(1, 1, 3)], "views", {UUID(int=1): name}, dark=False)
    assert figure.data[0].name.startswith("&lt;a href=")
    assert "<" not in figure.data[0].name
    rates = rates_figure([("<b>Acme</b>", "instagram", 0.05, 2), ("Other", "elsewhere", 0.01, 1)], dark=False)
    assert list(rates.data[0].y) == ["Other", "&lt;b&gt;Acme&lt;/b&gt;"]
