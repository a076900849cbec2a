"""The designs on offer, read from `services/creative/templates/*.json`."""

from functools import lru_cache
from pathlib import Path

from services.creative.render.errors import TemplateUnknown
from services.creative.render.layers import ColourRole, Template

# No design: what was made elsewhere, or filmed, and lies in the library.
POST = Template(
    name="post",
    label="Post from the library",
    description="Pictures and clips as they are, with your words.",
    version=1,
    fields=(),
    ground=next(iter(ColourRole)),
    layers=(),
)
FOLDER = Path(__file__).parent.parent / "templates"


@lru_cache(maxsize=1)
def _all() -> dict[str, Template]:
    read = (Template.model_validate_json(path.read_bytes()) for path in sorted(FOLDER.glob("*.json")))
    return {found.name: found for found in read}


def templates() -> tuple[Template, ...]:
    """Every design, in the order they are offered; `POST` is none."""
    return tuple(_all().values())


def template(name: str) -> Template:
    """
    One template by its name.

    :raises TemplateUnknown: there is none of that name
    """
    if name == POST.name:
        return POST
    try:
        return _all()[name]
    except KeyError:
        raise TemplateUnknown(f"There is no template called “{name}”.") from None
