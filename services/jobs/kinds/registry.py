"""Every kind of job by name; a kind is imported on first use, so that jobs knows the other rooms by name only."""

from functools import cache
from importlib import import_module
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from services.jobs.kinds.kind import Given, Kind, Parameters
from services.kit.errors import Invalid

KINDS: dict[str, str] = {
    "import_watched": "services.research.kinds:ImportWatched",
    "pull_metrics": "services.metrics.kinds:PullMetrics",
    "refresh_tokens": "services.accounts.kinds:RefreshTokens",
    "probe_accounts": "services.accounts.kinds:ProbeAccounts",
    "publish_due": "services.publishing.kinds:PublishDue",
    "back_up": "services.backups.kinds:BackUp",
    "purge": "services.jobs.kinds.purge:Purge",
    "demo": "services.jobs.kinds.demo:Demo",
}


class KindUnknown(Invalid):
    """There is no such kind of job in this version."""


class ParametersWrong(Invalid):
    """Something in the parameters is not right."""

    def __init__(self, detail: str = "", fields: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.fields = fields or {}  # by name; under "" what concerns several


def get_kind(name: str) -> Kind:
    """:raises KindUnknown: this version has none of that name"""
    if name not in KINDS:
        raise KindUnknown(f"There is no kind of job called “{name}” in this version.")
    return _load(KINDS[name])


def list_kinds() -> list[Kind]:
    """All of them, in the order of their titles."""
    return sorted((get_kind(name) for name in KINDS), key=lambda one: one.title)


def form_fields(one: Kind) -> dict[str, Any]:
    """What a form asks for: the fields of the parameters, without those that are filled in at the start."""
    return {name: field for name, field in one.parameters.model_fields.items() if name not in Parameters.FILLED}


def checked(
    name: str, values: dict[str, Any], *, brand_id: UUID | None = None, given: Given | None = None
) -> Parameters:
    """
    The parameters of a kind from what a form or a row holds, with the brand and what came before filled in.

    :raises KindUnknown: this version has none of that name
    :raises ParametersWrong: with one sentence, and one per field in `fields`
    """
    one = get_kind(name)
    known = one.parameters.model_fields
    filled = {"brand_id": brand_id, "given": given}
    own = {key: value for key, value in values.items() if key not in Parameters.FILLED}
    try:
        return one.parameters.model_validate(own | {key: value for key, value in filled.items() if key in known})
    except ValidationError as error:
        fields = {str(next(iter(wrong["loc"]), "")): _sentence(wrong) for wrong in error.errors()}
        told = "; ".join(f"{_title(one, field)}: {said}" if field else said for field, said in fields.items())
        raise ParametersWrong(f"{told[:1].upper()}{told[1:]}.", fields) from error


def stored(parameters: Parameters) -> dict[str, Any]:
    """What a row keeps: plain values, without what is filled in at the start."""
    return parameters.model_dump(mode="json", exclude=set(Parameters.FILLED))


def _sentence(wrong: Any) -> str:
    text = str(wrong["msg"]).removeprefix("Value error, ")
    return text[:1].lower() + text[1:]


def _title(one: Kind, field: str) -> str:
    known = one.parameters.model_fields.get(field)
    return (known.title if known else None) or field


@cache
def _load(place: str) -> Kind:
    module, _, name = place.partition(":")
    made: Kind = getattr(import_module(module), name)()
    return made
