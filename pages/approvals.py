"""Approvals: what waits for a decision, shown exactly as it will be sent, and what was decided."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import streamlit as st

from pages.parts import doors
from pages.parts.approvals_bulk import bulk_bar
from pages.parts.approvals_comments import comments_card
from pages.parts.approvals_context import changed_card, checks_card, evidence_card
from pages.parts.approvals_opened import Opened
from pages.parts.approvals_queue import ROWS, neighbours, queue
from pages.parts.approvals_stage import stage
from pages.parts.approvals_when import Plan, decided_card, named, when_card
from pages.parts.base import sheet
from pages.parts.counts import counted
from pages.parts.empty import empty
from pages.parts.look import header
from pages.parts.zones import ago
from services import accounts, approvals, brands, creative, identity, media, publishing, schedule
from services.kit.db import Tx

PAGE = 100  # requests drawn at once; J and K walk on into the next page
VIEWS = {"mine": "For me", "all": "All", "decided": "Decided"}


def page() -> None:
    person = doors.require()
    st.html(f"<style>{sheet('creator.css')}</style>")
    with doors.app().tx(doors.scope()) as tx:
        deciders = approvals.deciders(tx)
        waiting = approvals.waiting(tx)
        mine = [one for one in waiting if approvals.is_asked(one, person.user_id, deciders)]
        decided = approvals.count_decided(tx, person.user_id, tx.now - timedelta(days=7))
        now = tx.now
        zones = {home.id: home.time_zone for home in brands.brands(tx)}
    oldest = f" · oldest {ago(min(one.asked_at for one in mine), now)}" if mine else ""
    with header(
        "Approvals",
        f"{counted(len(mine), 'waits', 'wait')} for you{oldest} · you decided {decided} this week",
    ):
        view = st.segmented_control(
            "Show", list(VIEWS), key="approvals-show", default="mine" if mine else "all", required=True,
            format_func=lambda one: VIEWS[one], label_visibility="collapsed", bind="query-params",
        )  # fmt: skip
    with doors.app().tx(doors.scope()) as tx:
        ids, items = _on_page(tx, {"mine": mine, "all": waiting}.get(view))
    if not items:
        _nothing(view)
        return
    current = next((item for item in items if str(item.id) == st.query_params.get("request")), items[0])
    with doors.app().tx(doors.scope()) as tx:
        opened = _opened(tx, current, ids, person, deciders)
        evidence = creative.evidence_of(tx, current.draft_id)
        assets = media.find_assets(tx, _pictures(opened.version))
    left, middle, right = st.columns([1.08, 1.5, 1.12], gap="small")
    with right:
        plan = _plan(opened)
        comments_card(opened, writes=identity.can(person.role, identity.Act.MAKE))
        checks_card(opened, plan, assets)
        changed_card(opened)
        evidence_card(evidence)
    with left:
        ticked = queue(items, ids, current.id, zones, now, ticks=view != "decided" and person.user_id in deciders)
    with middle:
        stage(opened, plan)
    if ticked:
        bulk_bar([item for item in items if str(item.id) in ticked], person, deciders, ROWS)


def _on_page(tx: Tx, lines: Sequence[approvals.Waiting] | None) -> tuple[list[UUID], list[approvals.QueueItem]]:
    """The ids of the whole list, and the page of it that holds the request in the address; None is what was decided."""
    if lines is None:
        items = approvals.decided_queue(tx)
        return [item.id for item in items], items
    ids = [one.id for one in lines]
    wanted = st.query_params.get("request")
    here = next((number for number, one in enumerate(ids) if str(one) == wanted), 0)
    start = here - here % PAGE
    items = approvals.items(tx, ids[start : start + PAGE])
    gone = set(ids[start : start + PAGE]) - {item.id for item in items}
    return [one for one in ids if one not in gone], items


def _opened(
    tx: Tx, item: approvals.QueueItem, ids: list[UUID], person: identity.Viewer, deciders: list[UUID]
) -> Opened:
    version, brand = creative.version(tx, item.version_id), brands.brand(tx, item.brand_id)
    channels = [one for one in accounts.channels(tx, brand.id) if one.is_connected]
    before, after = neighbours(ids, item.id)
    contents, problems = _seen_by(tx, version, channels)
    return Opened(
        item=item,
        version=version,
        before=creative.version_before(tx, version),
        brand=brand,
        channels=channels,
        contents=contents,
        problems=problems,
        given=approvals.approvals_of(tx, item.id),
        may_decide=_may(item, person, deciders),
        say=approvals.say_of(item, person.user_id, deciders),
        at=approvals.standing_of(item, deciders),
        names={one.user_id: one.display_name for one in identity.members(tx)},
        comments=approvals.comments_of(tx, item.draft_id),
        slots=bool(schedule.slots(tx, brand.id)),
        me=person.user_id,
        is_mine=person.user_id in (item.asked_by, item.version_by),
        asked_by_me=person.user_id == item.asked_by,
        now=tx.now,
        then=after or before,
    )


def _seen_by(
    tx: Tx, version: creative.Version, channels: list[accounts.Channel]
) -> tuple[dict[UUID, approvals.SealedContent], dict[UUID, list[str]]]:
    """What each channel would get, and why it would refuse it."""
    contents, problems = {}, {}
    for channel in channels:
        try:
            contents[channel.id] = approvals.compose(version, channel)
            problems[channel.id] = [one.sentence for one in publishing.problems(tx, version.id, channel.id)]
        except approvals.PictureMissing as error:
            problems[channel.id] = [error.sentence]
    return contents, problems


def _may(item: approvals.QueueItem, person: identity.Viewer, deciders: list[UUID]) -> bool:
    """Decide on what waits; take back what this person decided."""
    if item.state is approvals.RequestState.WAITING:
        return approvals.may_decide(item, person.user_id, deciders)
    return item.decided_by == person.user_id and person.user_id in deciders


def _plan(opened: Opened) -> Plan:
    if opened.waits:
        refusing = [one for one, problems in opened.problems.items() if problems]
        return when_card(opened.item, opened.brand, opened.channels, opened.now, refusing=refusing, slots=opened.slots,
                         cautions=lambda chosen, due_at: _cautions(opened, chosen, due_at))  # fmt: skip
    names = {channel.id: named(channel) for channel in opened.channels}
    decided_card(opened.item, opened.given, names)
    return Plan(tuple(opened.channels), None, "", opened.now)


def _cautions(opened: Opened, chosen: Sequence[accounts.Channel], due_at: datetime) -> list[str]:
    with doors.app().tx(doors.scope()) as tx:
        return publishing.cautions(tx, chosen, opened.contents, due_at, opened.brand.time_zone)


def _pictures(version: creative.Version) -> list[UUID]:
    chosen = [version.fields.get(one.name, "") for one in creative.picture_fields(version.template)]
    return [UUID(one) for one in chosen if one]


def _nothing(view: str) -> None:
    sentences = {
        "mine": ("Nothing waits for you", "What others send for approval comes here. You are told when it does."),
        "all": ("Nothing waits", "An ad comes here when somebody sends it for approval from the ad creator."),
        "decided": ("Nothing was decided yet", "Approved and rejected ads are kept here, with who decided and when."),
    }
    title, sentence = sentences[view]
    empty(title, sentence, key="approvals")
