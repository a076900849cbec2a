"""The parameters of a kind: in words, by the titles its form gives them, and what is wrong with them."""

from collections.abc import Mapping
from typing import Any

from services import jobs


def told_parameters(kind: str, values: dict[str, Any]) -> list[tuple[str, str]]:
    """Title and value of every parameter that says something."""
    if kind not in jobs.KINDS:
        return [(name, str(value)) for name, value in values.items()]
    asked = jobs.form_fields(jobs.get_kind(kind))
    return [(field.title or name, _value(values.get(name, field.default))) for name, field in asked.items()]


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def wrong(kind: str, parameters: dict[str, Any]) -> Mapping[str, str]:
    """What is wrong by field, under "" what concerns several; empty where all is well."""
    try:
        jobs.checked(kind, parameters)
    except jobs.ParametersWrong as error:
        return error.fields
    return {}
