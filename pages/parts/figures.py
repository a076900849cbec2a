"""Plotly figures of the results: values in, figures out, in the colours of the reader's theme."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import plotly.graph_objects as go

from pages.parts.markup import esc
from pages.parts.tokens import CHANNELS
from services.metrics import DayGain

_POSTS = 6  # the biggest ones get a colour of their own, the others share grey
_FEW_DAYS = 4
_LIGHT = ("#4B47D1", "#0A6A55", "#D4461B", "#A01C7A", "#B98900", "#2E8FD0")
_DARK = ("#8C8BFF", "#45D6A8", "#FF9A62", "#F032B4", "#F3E38A", "#A9C8FF")
_PLAIN = {False: ("#C3C6D0", "#E4E5EB", "#5E6472"), True: ("#4A5160", "#2A2E38", "#9AA1B0")}


def gains_figure(gains: Sequence[DayGain], measure: str, names: Mapping[UUID, str], *, dark: bool) -> go.Figure:
    """
    Bars per day, stacked by post; the biggest posts in their own colours.

    :param measure: "views" or "engagement"
    :param names: of every post; plain text
    """
    days, totals = _by_post(gains, measure)
    biggest = sorted(totals, key=lambda post_id: totals[post_id], reverse=True)[:_POSTS]
    hues, (rest_hue, _, _) = (_DARK if dark else _LIGHT), _PLAIN[dark]
    figure = go.Figure()
    axis = sorted({day for per_day in days.values() for day in per_day})
    for hue, post_id in zip(hues, biggest, strict=False):
        figure.add_bar(**_bar(_short(names.get(post_id, "")), hue, axis, days[post_id]))
    others: dict[date, int] = defaultdict(int)
    for post_id in totals.keys() - set(biggest):
        for day, value in days[post_id].items():
            others[day] += value
    if others:
        figure.add_bar(**_bar("All other posts", rest_hue, axis, others))
    figure.update_layout(**_layout(dark), barmode="stack", bargap=0.35, hovermode="x unified")
    if len(axis) > _FEW_DAYS:
        return figure.update_xaxes(tickformat="%-d %b")
    figure.update_traces(width=0.28)  # a single day would else be one bar across the chart
    return figure.update_xaxes(type="category", tickvals=axis, ticktext=[f"{day.day} {day:%b}" for day in axis])


def rates_figure(rates: Sequence[tuple[str, str, float, int]], *, dark: bool) -> go.Figure:
    """Engagement per view by channel: (label, platform, rate as a ratio, posts), biggest on top."""
    ordered = sorted(rates, key=lambda rate: rate[2])
    hues = [(one.dark if dark else one.light) for one in (CHANNELS.get(rate[1]) or CHANNELS["x"] for rate in ordered)]
    figure = go.Figure(
        go.Bar(
            x=[ratio for _, _, ratio, _ in ordered],
            y=[esc(_short(label)) for label, _, _, _ in ordered],
            orientation="h",
            marker={"color": hues, "cornerradius": 4},
            text=[f"{ratio:.1%}" for _, _, ratio, _ in ordered],
            textposition="auto",
            hovertemplate="%{y}: %{x:.1%}, %{customdata} posts<extra></extra>",
            customdata=[count for _, _, _, count in ordered],
        )
    )
    figure.update_layout(**_layout(dark), bargap=0.35, showlegend=False)
    figure.update_yaxes(showgrid=False)
    return figure.update_xaxes(tickformat=".0%", rangemode="tozero")


def _by_post(gains: Sequence[DayGain], measure: str) -> tuple[dict[UUID, dict[date, int]], dict[UUID, int]]:
    days: dict[UUID, dict[date, int]] = defaultdict(dict)
    totals: dict[UUID, int] = defaultdict(int)
    for gain in gains:
        value = gain.views if measure == "views" else gain.engagement
        if value is not None:
            days[gain.post_id][gain.on] = value
            totals[gain.post_id] += value
    return days, totals


def _bar(name: str, hue: str, axis: Sequence[date], values: Mapping[date, int]) -> dict[str, Any]:
    # Plotly reads a little markup in names, and these come from people: escaped.
    return {
        "name": esc(name),
        "x": list(axis),
        "y": [values.get(day) for day in axis],
        "marker": {"color": hue, "cornerradius": 3},
        "hovertemplate": "%{y:,}",
    }


def _layout(dark: bool) -> dict[str, Any]:
    _, grid, ink = _PLAIN[dark]
    return {
        "height": 280,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 0, "r": 8, "t": 8, "b": 0},
        "font": {"color": ink, "size": 11},
        "legend": {"orientation": "h", "y": -0.14, "x": 0, "font": {"size": 11}},
        "xaxis": {"showgrid": False, "title": None},
        "yaxis": {"gridcolor": grid, "zeroline": False, "title": None, "tickformat": "~s"},
    }


def _short(name: str) -> str:
    return name if len(name) <= 32 else f"{name[:31].rstrip()}…"
