"""Imports: a file in, a look at it before anything is stored, what came of it, and every import before."""

from uuid import UUID

import streamlit as st

from pages.parts import doors, paths
from pages.parts.counts import counted
from pages.parts.import_result import import_page
from pages.parts.import_start import upload_card
from pages.parts.import_words import import_row
from pages.parts.look import card, header
from pages.parts.notices import tell
from pages.parts.rows import Head, rows
from pages.parts.schedule_link import schedule_link
from services import brands, identity, research

OPEN = "import"


def page() -> None:
    person = doors.require(identity.Act.IMPORT)
    with doors.app().tx(doors.scope_of(person)) as tx:
        imports = research.list_imports(tx)
        found, now = brands.brands(tx), tx.now
    zone = found[0].time_zone if found else "UTC"
    asked = _asked()
    if asked is not None:
        try:
            import_page(asked, zone)
            return
        except research.ImportNotFound as error:
            tell(error.sentence, failed=True)
    with header("Imports", _summary(imports)):
        schedule_link(person.role, "import_watched", key="imports")
    upload_card()
    if not imports:
        return
    with card("imports-history", flush=True):
        history = [Head("Imports so far"), *(import_row(one, zone, now) for one in imports)]
        opened = rows(history, key="imports-rows").opened
    if opened:
        paths.go("imports", **{OPEN: opened})


def _summary(imports: list[research.Import]) -> str:
    if not imports:
        return "Ads and posts of competitors, from files"
    going = sum(not one.state.is_over for one in imports)
    return counted(len(imports), "import") + (f" · {going} under way" if going else "")


def _asked() -> UUID | None:
    try:
        return UUID(st.query_params.get(OPEN, ""))
    except ValueError:
        return None
