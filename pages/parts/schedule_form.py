"""A form made from a pydantic model: a widget per field by its type, its description as help, what is wrong below."""

import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import streamlit as st
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from pages.parts import session
from pages.parts.markup import esc, html, icon
from pages.parts.notices import plain

Check = Callable[[dict[str, Any]], Mapping[str, str]]
CheckKind = Callable[[str, dict[str, Any]], Mapping[str, str]]

_UNSET = "not entered yet"
_FEW = 3  # so many choices stand side by side
_LONG = 2_000  # a longer text gets a box of several lines


@dataclass(frozen=True)
class Limits:
    """What the model asks of a number or a text; None where it asks nothing."""

    least: float | None = None
    most: float | None = None
    longest: int | None = None


def seeded(thing: str, form: str, value: Any) -> session.Slot[Any]:
    """The slot of a widget, holding `value` until somebody changes it."""
    slot: session.Slot[Any] = session.Slot("schedules", f"{thing}-{form}", _UNSET)
    if session.get(slot) is _UNSET:
        session.put(slot, value)
    return slot


def form(
    asked: Mapping[str, FieldInfo], values: Mapping[str, Any], check: Check | None, *, part: str, key: str
) -> dict[str, Any]:
    """
    Draw every field; returns what stands in them.

    :param check: what is wrong with them by field, told below each, and under "" at the foot; None tells nothing yet
    """
    found, spots = {}, {}
    grid = st.grid(2, min_column_width=220, gap="small")
    for name, field in asked.items():
        with grid.cell():
            found[name] = widget(field, values.get(name, field.default), part=f"{part}-{name}", key=key)
            spots[name] = st.empty()
    for name, sentence in (check(found) if check else {}).items():
        with spots.get(name) or st.container():
            problem(sentence)
    return found


def problem(sentence: str) -> None:
    """What is wrong, below the field it is about."""
    if sentence:
        text = f"{sentence[:1].upper()}{sentence[1:].rstrip('.')}."
        html(f'<div class="told red" role="alert">{icon("error")}<span>{esc(text)}</span></div>')


def widget(field: FieldInfo, value: Any, *, part: str, key: str) -> Any:
    """
    One field; returns what stands in it.

    :raises TypeError: no widget is made for this type
    """
    bare, may_be_empty = _bare(field.annotation)
    draw = _drawing(bare)
    slot = seeded(part, key, _fitting(field, value))
    title = plain(field.title or part)
    return draw(title, field.description or "", slot, _Asked(bare, limits_of(field), may_be_empty))


@dataclass(frozen=True)
class _Asked:
    kind: Any
    limits: Limits
    may_be_empty: bool


def limits_of(field: FieldInfo) -> Limits:
    """The bounds of a field, from its constraints."""
    told = {name: getattr(one, name) for one in field.metadata for name in ("ge", "gt", "le", "lt", "max_length")
            if getattr(one, name, None) is not None}  # fmt: skip
    return Limits(told.get("ge", told.get("gt")), told.get("le", told.get("lt")), told.get("max_length"))


def _bare(annotation: Any) -> tuple[Any, bool]:
    """The type without "or nothing"."""
    if get_origin(annotation) in (Union, types.UnionType):
        rest = [one for one in get_args(annotation) if one is not type(None)]
        if len(rest) == 1:
            return rest[0], True
    return annotation, False


def _drawing(kind: Any) -> Callable[[str, str, session.Slot[Any], _Asked], Any]:
    if get_origin(kind) is Literal or (isinstance(kind, type) and issubclass(kind, Enum)):
        return _choice
    if get_origin(kind) in (list, tuple) and get_args(kind)[0] is str:
        return _lines
    if isinstance(kind, type):
        for base, draw in ((bool, _toggle), (int, _number), (float, _number), (str, _text), (date, _day)):
            if issubclass(kind, base):
                return draw
    raise TypeError(f"no widget for {kind}")


def _fitting(field: FieldInfo, value: Any) -> Any:
    """The value as the model has it, so that a widget takes it; its default where it does not fit."""
    try:
        made = TypeAdapter(Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation)
        return made.validate_python(value)
    except ValidationError:
        return field.get_default(call_default_factory=True)


def _toggle(title: str, told: str, slot: session.Slot[Any], asked: _Asked) -> bool:
    return st.toggle(title, key=slot.key, help=plain(told))


def _number(title: str, told: str, slot: session.Slot[Any], asked: _Asked) -> float | None:
    made = int if issubclass(asked.kind, int) else float
    least, most = (made(one) if one is not None else None for one in (asked.limits.least, asked.limits.most))
    found = st.number_input(
        title, min_value=least, max_value=most, step=made(1), key=slot.key, help=plain(told),
        format="%d" if made is int else "%g",
    )  # fmt: skip
    return None if found is None else made(found)


def _text(title: str, told: str, slot: session.Slot[Any], asked: _Asked) -> str | None:
    longest = asked.limits.longest
    draw = st.text_area if longest is not None and longest > _LONG else st.text_input
    found = draw(title, key=slot.key, max_chars=longest, help=plain(told))
    return None if asked.may_be_empty and not found else str(found or "")


def _day(title: str, told: str, slot: session.Slot[Any], asked: _Asked) -> str | None:
    found = st.date_input(title, key=slot.key, format="YYYY-MM-DD", help=plain(told))
    return found.isoformat() if isinstance(found, date) else None


def _lines(title: str, told: str, slot: session.Slot[Any], asked: _Asked) -> list[str]:
    value = session.get(slot)
    if not isinstance(value, str):
        session.put(slot, "\n".join(value or ()))
    text = st.text_area(title, key=slot.key, help=plain(f"{told} One per line."))
    return [line.strip() for line in text.splitlines() if line.strip()]


def _choice(title: str, told: str, slot: session.Slot[Any], asked: _Asked) -> Any:
    is_enum = get_origin(asked.kind) is not Literal
    options = [one.value for one in asked.kind] if is_enum else list(get_args(asked.kind))
    value = session.get(slot)
    session.put(slot, value.value if isinstance(value, Enum) else value)
    if len(options) <= _FEW and not asked.may_be_empty:
        return st.segmented_control(
            title, options, key=slot.key, required=True, format_func=_words, help=plain(told)
        )  # fmt: skip
    return st.selectbox(title, options, key=slot.key, format_func=_words, help=plain(told),
                        index=None if asked.may_be_empty else 0)  # fmt: skip


def _words(value: object) -> str:
    text = str(value).replace("_", " ")
    return plain(text[:1].upper() + text[1:])
