"""Which backups there are, how old, how large, and whether they were read back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from pages.parts import zones
from pages.parts.csv import csv_button
from pages.parts.look import card, card_head
from pages.parts.markup import chip, esc, html, icon
from services import backups
from services.kit.text import counted

_OLD = timedelta(hours=36)
_SHOWN = 8
HEADINGS = ["Backup", "Taken at (UTC)", "Bytes", "Files", "Rows", "Checked at (UTC)", "Problem", "Folder"]


def backups_card(found: Sequence[backups.Backup], now: datetime) -> None:
    """The newest first. None, an old one or a damaged one says what to do."""
    with card("system-backups", gap="small"):
        card_head("Backups", "database and files; the sealing keys are kept apart", right_html=_verdict(found, now))
        if not found:
            html(
                f'<div class="row">{icon("error", "orange")}<span>None yet. Make one with <b>./run backup</b>, or plan '
                f'the job <a href="/schedules?new=back_up" target="_self">Back up</a> for every night.</span></div>'
            )
            return
        html("".join(_line(one, now) for one in found[:_SHOWN]))
        html(f'<p class="mut" style="overflow-wrap:anywhere">In {esc(found[0].folder.rpartition("/")[0])}. '
             "Without the sealing keys its tokens stay closed: ./run backup --keys FILE writes them.</p>")  # fmt: skip
        csv_button("loopdesk-backups", HEADINGS, lambda: rows(found), key="system-backups-csv")


def rows(found: Sequence[backups.Backup]) -> list[tuple[Any, ...]]:
    return [
        (
            one.name,
            f"{one.taken_at:%Y-%m-%d %H:%M:%S}",
            one.size_bytes,
            one.files,
            one.rows,
            f"{one.checked_at:%Y-%m-%d %H:%M:%S}" if one.checked_at else "",
            one.problem,
            one.folder,
        )
        for one in found
    ]


def _verdict(found: Sequence[backups.Backup], now: datetime) -> str:
    if not found:
        return chip("none", "orange")
    if found[0].problem:
        return chip("damaged", "red")
    return chip("old", "orange") if now - found[0].taken_at > _OLD else chip("fresh", "green")


def _line(one: backups.Backup, now: datetime) -> str:
    symbol = icon("error", "red") if one.problem else icon("check_circle", "green")
    checked = "checked" if one.checked_at else "not checked"
    told = one.problem or f"{_size(one.size_bytes)} · {counted(one.files, 'file')} · {checked}"
    return (
        f'<div class="row">{symbol}<span class="num">{esc(zones.ago(one.taken_at, now))} ago</span>'
        f'<span class="sp num mut" style="overflow-wrap:anywhere">{esc(told)}</span></div>'
    )


def _size(size_bytes: int) -> str:
    return f"{size_bytes / 1e9:,.1f} GB" if size_bytes >= 1e9 else f"{size_bytes / 1e6:,.1f} MB"
