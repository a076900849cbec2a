"""Is what the platform shows what was sealed? Words, files in order, alt text, and the choices it tells."""

from typing import Any

from services.kit.x_text import parts_of
from tests.crash.forms import FORMS
from tests.crash.scenario import PostPlan

# The platform's own names where its record has others than ours.
_NAMES = {"privacy_level": "privacy"}


def identity(taken: dict[str, Any]) -> str:
    """What a post of the record is known by: its words, else its first file."""
    return str(taken["caption"] or taken["image_sha256"])


def untrue(plan: PostPlan, sealed: dict[str, Any], taken: dict[str, Any]) -> list[str]:
    """What differs, by name."""
    form, found = FORMS[plan.form], []
    words = sealed["text"] if form.has_words else ""
    if plan.format == "thread":
        words = parts_of(words)[0]
    if taken["caption"] != words:
        found.append("words")
    if list(taken["media"]) != [item["sha256"] for item in sealed["media"]]:
        found.append("files")
    if form.has_alt and taken["alt_text"] != sealed["media"][0]["alt_text"]:
        found.append("alt text")
    told = {_NAMES.get(name, name): value for name, value in taken["details"].items()}
    found += [name for name in form.tells if told.get(name, "") != _chosen(sealed, name)]
    return found


def _chosen(sealed: dict[str, Any], name: str) -> str:
    return str(sealed["link"] if name == "link" else sealed["settings"].get(name, ""))
