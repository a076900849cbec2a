"""System: which mode runs, versions, migrations, the queue's health, and what is misconfigured."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from pages.parts import doors, zones
from pages.parts.counts import one_or_many
from pages.parts.csv import csv_button
from pages.parts.look import card, card_head, header, tile
from pages.parts.markup import chip, esc, html, icon
from pages.parts.system_backups import backups_card
from pages.parts.system_health import health_card
from services import accounts, backups, identity, jobs, media


def page() -> None:
    doors.require(identity.Act.SYSTEM)
    app = doors.app()
    checks = jobs.readiness(app)
    with app.admin_tx() as tx:
        found, health, workers = jobs.installation(tx, app.settings), jobs.health(tx), jobs.workers(tx)
        reach, kept, now = media.reach(tx), backups.backups(tx), tx.now
    problems = [*found.problems, *accounts.ending_versions(now.date())]
    with header("System", f"Loopdesk {found.loopdesk} · {found.mode} · {found.environment}"):
        csv_button("loopdesk-system", ["Thing", "Value"], lambda: facts(found, problems), key="system-csv")
    _tiles(len(problems), health)
    left, right = st.columns([1, 1], gap="small")
    with left:
        _problems(problems)
        with card("system-versions", gap="small"):
            card_head("Versions")
            _pairs({"Loopdesk": found.loopdesk, "Python": found.python, "PostgreSQL": found.postgres, **found.packages})
        with card("system-places", gap="small"):
            card_head("Where things are")
            _pairs(found.places)
    with right:
        health_card(checks, app.settings)
        with card("system-workers", gap="small"):
            card_head("Workers", "each refreshes its sign of life every few seconds")
            _pairs({f"{w.host} · process {w.pid}": f"seen {zones.ago(w.seen_at, now)} ago" for w in workers})
            if not workers:
                html(f'<p class="mut">{icon("error", "red")} No worker lives: nothing is published or imported.</p>')
        backups_card(kept, now)
        _media_host(reach, now)
        with card("system-migrations", gap="small"):
            card_head("Migrations", f"{len(found.applied)} applied")
            _migrations(found)


def _tiles(wrong: int, health: jobs.Health) -> None:
    oldest = health.oldest_waiting_seconds or 0.0
    settings = (str(wrong), "to put right", "tune", "red") if wrong else ("OK", "settings", "tune", "green")
    lateness = f"oldest {zones.span(oldest)}" if oldest else "none is late"
    tiles = (
        (*settings, "checked just now"),
        (
            str(health.workers),
            one_or_many(health.workers, "worker", "workers"),
            "dns",
            "green" if health.workers else "red",
            "alive now",
        ),
        (
            str(health.waiting),
            one_or_many(health.waiting, "job waits", "jobs wait"),
            "hourglass_top",
            "yellow" if oldest > 60 else "gray",
            lateness,
        ),
        (str(health.running), one_or_many(health.running, "runs now", "run now"), "sync", "violet", "on all workers"),
    )
    grid = st.grid(4, min_column_width=170, gap="small")
    for number, (figure, words, symbol, tone, note) in enumerate(tiles):
        with grid.cell():
            tile(figure, words, note, symbol=symbol, tone=tone, key=f"system-{number}")


def _problems(problems: Sequence[str]) -> None:
    with card("system-problems", gap="small"):
        card_head("What is misconfigured", right_html=chip(str(len(problems)), "red" if problems else "green"))
        rows = [f'<div class="row">{icon("error", "red")}<span>{esc(problem)}</span></div>' for problem in problems]
        html("".join(rows) or f'<div class="row">{icon("check_circle", "green")}<span>Nothing.</span></div>')


def _media_host(reach: media.Reach | None, now: datetime) -> None:
    """Can the platforms that fetch files themselves reach ours?"""
    with card("system-media-host", gap="small"):
        card_head("Media host", f"checked {zones.ago(reach.checked_at, now)} ago" if reach else "not checked yet")
        if reach is None:
            html('<p class="mut">A worker checks it within five minutes.</p>')
            return
        _pairs({"Address": reach.address})
        symbol = icon("error", "orange") if reach.problem else icon("check_circle", "green")
        told = reach.problem or "Platforms can fetch our files: https, no redirect, in parts, for a day and longer."
        html(f'<div class="row">{symbol}<span style="overflow-wrap:anywhere">{esc(told)}</span></div>')
        if reach.problem:
            html('<p class="mut">Practice platforms fetch from this machine and are not affected.</p>')


def _migrations(found: jobs.Installation) -> None:
    lines = [("error", "red", name, "not applied") for name in found.missing]
    lines += [("help", "orange", name, "unknown to this version") for name in found.unknown]
    lines += [("check_circle", "green", name, "") for name in reversed(found.applied)]
    html(
        "".join(
            f'<div class="row">{icon(symbol, tone)}<span class="num cut">{esc(name)}</span>'
            f'<span class="sp mut">{esc(note)}</span></div>'
            for symbol, tone, name, note in lines
        )
    )


def _pairs(pairs: dict[str, str]) -> None:
    html(
        "".join(
            f'<div class="row"><span class="mut">{esc(name)}</span><span class="sp num cut">{esc(value)}</span></div>'
            for name, value in pairs.items()
        )
    )


def facts(found: jobs.Installation, problems: Sequence[str]) -> list[tuple[str, str]]:
    """The CSV: what the screen tells of the installation."""
    return [
        ("Mode", found.mode),
        ("Loopdesk", found.loopdesk),
        ("Python", found.python),
        ("PostgreSQL", found.postgres),
        *found.packages.items(),
        *found.places.items(),
        *(("Migration applied", name) for name in found.applied),
        *(("Migration missing", name) for name in found.missing),
        *(("Migration unknown", name) for name in found.unknown),
        *(("Problem", problem) for problem in problems),
    ]
