"""Competitors: the ads others run, how long they run, and what is new since you last looked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts import ad_drawer, ad_filters, ad_words, doors, paths
from pages.parts.advertiser_list import CSV_HEADER, csv_row, row_of
from pages.parts.counts import counted
from pages.parts.csv import csv_button
from pages.parts.empty import empty, no_match
from pages.parts.look import card, header
from pages.parts.rows import rows
from pages.parts.wall import wall
from pages.parts.zones import near
from services import brands, identity, research
from services.kit.app import App
from services.kit.db import Scope

_VIEWS = ("Ads", "Advertisers")
_SHORTEST_BAR_DAYS = 30


@dataclass(frozen=True)
class _Look:
    """This run: the doors, when the person looked before, and today."""

    app: App
    scope: Scope
    since: datetime
    today: date
    right: DeltaGenerator


def page() -> None:
    person = doors.require()
    app, scope = doors.app(), doors.scope_of(person)
    with app.tx(scope) as tx:
        since = research.look(tx)
        told = research.overview(tx, since)
        shelves = research.list_shelves(tx, keep=ad_filters.chosen_brand(), since=since)
        found, now = brands.brands(tx), tx.now
    zone = found[0].time_zone if found else "UTC"
    right = header("Competitors", _summary(told, zone, now))
    may_import = identity.can(person.role, identity.Act.IMPORT)
    if told.advertisers == 0:
        _nothing_yet(may_import)
        return
    look = _Look(app, scope, since, now.date(), right)
    view = st.segmented_control(
        "View", _VIEWS, default=_VIEWS[0], required=True, key="competitors-view", bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
    if view == "Advertisers" or told.ads == 0:
        _advertisers(look)
    else:
        _ads(look, shelves, told)
    if may_import:
        with right:
            _import_button("competitors-import")
    ad_id = ad_filters.id_of(st.query_params.get(ad_drawer.OPEN, ""))
    if ad_id is not None:
        ad_drawer.drawer(ad_id, zone)


def _summary(told: research.Overview, zone: str, now: datetime) -> str:
    if told.advertisers == 0:
        return "What others run, how long it runs, and what is new"
    ads = counted(told.ads, "ad")
    who = counted(told.advertisers, "advertiser")
    last = f"last import {near(told.newest_import_at, zone, now)}" if told.newest_import_at else ""
    new = f"{told.fresh:,} new since you last looked" if told.fresh else ""
    return " · ".join(filter(None, [f"{ads} from {who}", f"{told.running:,} running", last, new]))


def _nothing_yet(may_import: bool) -> None:
    sentence = (
        "Import an export of the Meta Ad Library, its report, or any table of posts. "
        "Each ad keeps the file and the row it came from."
    )
    if not may_import:
        sentence = "Nothing was imported yet. An editor can import an export of the Meta Ad Library."
    with empty("No competitors yet", sentence, key="competitors"):
        if may_import:
            _import_button("competitors-import-first")


def _import_button(key: str) -> None:
    if st.button("Import ads", type="primary", icon=":material/upload_file:", key=key, shortcut="N"):
        paths.go("imports")


def _ads(look: _Look, shelves: list[research.Shelf], told: research.Overview) -> None:
    """Pills, filters, the wall, the pages under it."""
    filters, sort = ad_filters.filters(shelves, told)
    with look.app.tx(look.scope) as tx:
        count = research.count_ads(tx, filters, since=look.since)
        pages = max(1, -(-count // research.PAGE_ADS))
        number = min(ad_filters.page_number(), pages)
        shown = research.list_ads(tx, filters, sort, page=number, since=look.since)
    with look.right:
        csv_button(
            "loopdesk-competitor-ads", research.AD_COLUMNS, lambda: _export(look, filters, sort), key="competitors-csv"
        )
    if not shown:
        no_match(key="competitors", clear=ad_filters.clear)
        return
    longest = max(_SHORTEST_BAR_DAYS, *(ad.days or 0 for ad in shown))
    tiles = [ad_words.tile(ad, look.today) for ad in shown]
    opened = wall(tiles, key="competitors-wall", longest_days=longest).opened
    if opened:
        st.query_params[ad_drawer.OPEN] = opened
    if pages > 1:
        with st.container(horizontal=True, horizontal_alignment="center", key="competitors-feet"):
            st.pagination(pages, key=ad_filters.PAGE.key, bind="query-params")


def _advertisers(look: _Look) -> None:
    """One row each; a click shows its ads."""
    with look.app.tx(look.scope) as tx:
        found = research.list_advertisers(tx, since=look.since)
    table = [csv_row(one) for one in found]
    with look.right:
        csv_button("loopdesk-advertisers", CSV_HEADER, lambda: table, key="competitors-csv-advertisers")
    with card("competitors-advertisers", flush=True):
        opened = rows([row_of(one, look.today) for one in found], key="competitors-advertisers").opened
    if opened:
        paths.go("competitors", **{ad_filters.BRAND.key: opened})


def _export(look: _Look, filters: research.Filters, sort: research.Sort) -> Iterable[tuple[object, ...]]:
    with look.app.tx(look.scope) as tx:
        return research.ads_for_export(tx, filters, sort, since=look.since)
