"""Ad creator: the list of ads being made, and the editor of one."""

from uuid import UUID

import streamlit as st

from pages.parts import creator_counts as counts
from pages.parts import creator_typing as typing
from pages.parts import doors, session
from pages.parts.base import sheet
from pages.parts.creator_channels import channels_card
from pages.parts.creator_evidence import evidence_card
from pages.parts.creator_fields import Made, fields_card
from pages.parts.creator_list import list_screen
from pages.parts.creator_own import text_names
from pages.parts.creator_send import send_button, versions_menu, withdraw_button
from pages.parts.creator_sizes import sizes_card
from pages.parts.creator_wanted import wanted_from
from pages.parts.empty import could_not
from pages.parts.look import header
from pages.parts.markup import esc, html, icon, state_chip
from pages.parts.since import since
from services import accounts, approvals, brands, creative, identity, media, publishing
from services.kit.errors import UserError

# What was begun from the address, and under which id: a run that is cut short must not start a second ad.
_BEGUN: session.Slot[tuple[str, UUID] | None] = session.Slot("creator", "begun", None)


def page() -> None:
    person = doors.require()
    st.html(f"<style>{sheet('creator.css')}</style>")
    may_make = identity.can(person.role, identity.Act.MAKE)
    asked = st.query_params
    if may_make and ("evidence" in asked or "new" in asked or "media" in asked):
        try:
            begins = (asked.get("evidence", ""), asked.get("brand", ""), asked.get("media"), asked.get("on", ""))
            draft_id = _begin(*begins)
        except UserError as error:
            could_not("The ad could not be started.", error.sentence, "", key="creator", again=asked.clear)
            return
        asked.from_dict({"draft": str(draft_id)})
    if "draft" not in asked:
        list_screen(may_make=may_make)
        return
    draft_id = _id(asked["draft"])
    try:
        if draft_id is None:
            raise creative.DraftNotFound()
        _editor(draft_id, person, locked=not may_make)
    except creative.DraftNotFound as error:
        could_not("This ad is not here.", error.sentence, "", key="creator", again=asked.clear)


def _begin(evidence: str, brand: str, files: str | None, on: str = "") -> UUID:
    """
    The draft that the address asks to begin; the same one however often this run is repeated.

    :param files: ids of the library for a post without a design, with commas; None for an ad
    :param on: the day or hour of the calendar that it is wanted for
    """
    app, wish = doors.app(), f"{evidence}/{brand}/{files}/{on}"
    begun = session.get(_BEGUN)
    if begun is None or begun[0] != wish:
        begun = (wish, app.ids.new())
        session.put(_BEGUN, begun)
    with app.tx(doors.scope()) as tx:
        homes = brands.brands(tx)
        home = next((one for one in homes if str(one.id) == brand), homes[0])
        ad_id, wanted_at = _id(evidence), wanted_from(on, home.time_zone, tx.now)
        if evidence and ad_id is None:
            raise creative.EvidenceNotFound()
        if files is None:
            return creative.create_draft(tx, home.id, evidence_of=ad_id, draft_id=begun[1], wanted_at=wanted_at).id
        made = creative.create_draft(tx, home.id, name="Untitled post", template=creative.POST.name, draft_id=begun[1])
        chosen = [asset_id for one in files.split(",") if (asset_id := _id(one))]
        if chosen and not made.media_ids:
            creative.choose_media(tx, made.id, chosen)
        return made.id


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _editor(draft_id: UUID, person: identity.Viewer, *, locked: bool) -> None:
    session.pop(_BEGUN)
    with doors.app().tx(doors.scope()) as tx:
        draft = creative.draft(tx, draft_id)
        brand = brands.brand(tx, draft.brand_id)
        brief, evidence = creative.brief_of(tx, draft), creative.evidence_of(tx, draft_id)
        versions, request = creative.versions_of(tx, draft_id), approvals.request_of(tx, draft_id)
        fields = [draft.fields.get(one.name, "") for one in creative.picture_fields(draft.template)]
        ids = [*draft.media_ids, *(asset_id for one in fields if (asset_id := _id(one)))]
        pictures = {str(asset.id): asset for asset in media.find_assets(tx, ids)}
        connected = [one for one in accounts.channels(tx, brand.id) if one.is_connected]
        as_is, presets, now = creative.unkept(tx, draft), creative.presets(tx, brand.id), tx.now
        known = creative.mentions(tx, brand.id)
        fixes = creative.clip_fixes_of(tx, draft_id) if draft.is_post else []
    channels = [one for one in connected if publishing.formats(one.platform)]
    platforms = list(dict.fromkeys(one.platform for one in channels))
    own = text_names(platforms)
    if not locked and typing.catch_up(draft, brand.colours[0] if brand.colours else "", own):
        st.rerun()
    typing.fill(draft, own)
    state = _state(draft, versions, request)
    with header(draft.name, _sub(draft, brand, versions), chips_html=state_chip(state)):
        since("Saved", draft.updated_at, now, key="creator-saved", refused=" ".join(typing.refusals(draft, own)))
        versions_menu(draft, versions, now, locked=locked)
        if not locked:
            if state == "waiting" and request and request.asked_by == person.user_id:
                withdraw_button(request)
            send_button(draft, brand, request)
    if state == "rejected" and request:
        html(f'<div class="told red">{icon("cancel")}<span><b>Rejected:</b> {esc(request.reason)}</span></div>')
    limits = counts.of_caption(as_is, channels)
    left, right = st.columns([1, 2.2], gap="small")
    with left:
        fields_card(Made(draft, brief, brand, pictures, limits, locked, presets, known, platforms, fixes))
    with right:
        if not draft.is_post:
            sizes_card(brief, draft)
        channels_card(draft, as_is, channels, locked=locked)
        evidence_card(draft_id, evidence, locked=locked)


def _state(draft: creative.Draft, versions: list[creative.Version], request: approvals.Request | None) -> str:
    """The state of the ad on screen: a decision is about its version, so later words make it a draft again."""
    decided = next((one for one in versions if request and one.id == request.version_id), None)
    if request is None or decided is None or not creative.is_same(draft, decided):
        return "draft"
    return request.state.value if request.state.value in ("waiting", "approved", "rejected") else "draft"


def _sub(draft: creative.Draft, brand: brands.Brand, versions: list[creative.Version]) -> str:
    label = creative.template(draft.template).label
    version = f"version {versions[0].number}" if versions else "no version yet"
    return f"{brand.name} · {label} · {version}"
