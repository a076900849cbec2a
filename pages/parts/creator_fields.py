"""The left card of the ad creator: template, what the template asks for, and the words around the picture."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.parts import creator_stored as stored
from pages.parts import creator_typing as typing
from pages.parts import doors, reads, session
from pages.parts.creator_files import files_card
from pages.parts.creator_mentions import mentions_menu
from pages.parts.creator_pictures import picture_field
from pages.parts.creator_presets import hashtags_menu, utm_menu
from pages.parts.designs import Design, designs, told_design
from pages.parts.look import card, card_head
from pages.parts.markup import esc, html
from pages.parts.writing import Limit, told_text, writing
from services import brands, creative, media
from services.kit.errors import UserError

THUMB = ((creative.Placement.SQUARE, 160),)
_HEX = r"#[0-9A-Fa-f]{6}"
_DESIGNS = "creator-designs"


@dataclass(frozen=True)
class Made:
    """All the left card needs, read in one transaction. `limits` are those of the brand's channels."""

    draft: creative.Draft
    brief: creative.Brief
    brand: brands.Brand
    pictures: Mapping[str, media.Asset]
    limits: Sequence[Limit]
    locked: bool
    presets: Sequence[creative.TextPreset] = ()
    mentions: Sequence[creative.Mention] = ()
    platforms: Sequence[str] = ()
    fixes: Sequence[creative.ClipFix] = ()


def fields_card(made: Made) -> None:
    """Draw the card; every field saves itself."""
    if made.draft.is_post:
        with card("creator-fields", gap="small"):
            _line(made, "name", "Name", hint="Only you and your team read it.", longest=creative.NAME_MAX)
        files_card(made.draft, made.pictures, made.fixes, locked=made.locked)
    else:
        _design(made)
    with card("creator-words", gap="small"):
        card_head("Words beside it", "saved as you type")
        _caption(made)
        with st.container(horizontal=True, gap="small", key="creator-words-menus"):
            hashtags_menu(made.draft, made.presets, locked=made.locked)
            mentions_menu(made.draft, made.mentions, made.platforms, locked=made.locked)
        if not made.draft.is_post:
            _alt(made)
        elif len(made.draft.media_ids) > 1 or made.draft.alt_text:
            _line(made, "alt_text", "Alt text of files without their own", hint="What they show, in one sentence")
        _line(made, "link", "Link", hint="https://")
        utm_menu(made.draft, made.presets, locked=made.locked)


def _design(made: Made) -> None:
    design = creative.template(made.draft.template)
    with card("creator-fields", gap="small"):
        card_head("Template", design.description)
        _picker(made)
        _line(made, "name", "Name", hint="Only you and your team read it.", longest=creative.NAME_MAX)
        for one in design.fields:
            if one.kind is creative.FieldKind.TEXT:
                label = one.label if one.required else f"{one.label} (optional)"
                _line(made, stored.field(one.name), label, hint=one.hint, most=one.max_length)
            elif one.kind is creative.FieldKind.COLOUR:
                _colour(made, one)
            else:
                picture_field(made.draft, one, made.pictures, locked=made.locked)


def _picker(made: Made) -> None:
    items = [Design(one.name, one.label, one.description, _thumb(made, one)) for one in creative.templates()]
    known = {item.id for item in items}
    save = typing.saver(made.draft.id, "template", lambda: told_design(_DESIGNS, known))
    designs(items, made.draft.template, key=_DESIGNS, on_open=save, locked=made.locked)


def _thumb(made: Made, design: creative.Template) -> str:
    """The design with the words at hand; a short sample stands where none are written yet."""
    sample = {one.name: one.label for one in design.fields if one.kind is creative.FieldKind.TEXT and one.required}
    names = {one.name for one in design.fields}
    words = sample | {name: text for name, text in made.draft.fields.items() if name in names and text}
    brief = made.brief.model_copy(update={"template": design.name, "fields": words})
    try:
        return reads.previews(doors.scope(), brief, THUMB)[creative.Placement.SQUARE].src
    except UserError:
        return ""  # the card of the four sizes tells which picture cannot be read


def _line(
    made: Made,
    name: str,
    label: str,
    *,
    hint: str = "",
    most: int | None = None,
    longest: int | None = None,
) -> None:
    """One line of text. `most` is advice, shown as a counter; `longest` is a limit; `hint` stands where it is empty."""
    slot = typing.slot(made.draft.id, name)
    with st.container(gap=None, key=f"creator-line-{name}"):
        if most:
            html(_count(len(session.get(slot) or ""), most))
        st.text_input(
            label, key=slot.key, live="500ms", max_chars=longest, placeholder=hint or None, disabled=made.locked,
            autocomplete="off", on_change=typing.saver(made.draft.id, name),
        )  # fmt: skip
    _refused(made, name)


def _count(length: int, most: int) -> str:
    """How long the words are and how long they best are, at the end of the label's line."""
    return f'<div class="count{" over" if length > most else ""} num">{length} / {most}</div>'


def _refused(made: Made, name: str) -> None:
    sentence = typing.refusal(made.draft.id, name)
    if sentence:
        html(f'<div class="refused">Not saved: {esc(sentence)}</div>')


def _colour(made: Made, one: creative.TemplateField) -> None:
    """The brand's colours as swatches; the first one is what the brand leads with."""
    now = made.draft.fields.get(one.name, "")
    options = [colour for colour in dict.fromkeys([*made.brand.colours, now]) if re.fullmatch(_HEX, colour)]
    if not options:
        return
    name = stored.field(one.name)
    slot = typing.slot(made.draft.id, name)
    if session.get(slot) not in options:
        session.put(slot, options[0])
    with st.container(key="creator-swatches"):
        st.pills(
            one.label, options, key=slot.key, required=True, disabled=made.locked,
            on_change=typing.saver(made.draft.id, name),
        )  # fmt: skip
    swatches = "".join(
        f".st-key-{slot.key} button:nth-of-type({place}){{background:{colour}!important}}"
        for place, colour in enumerate(options, 1)
    )
    st.html(f"<style>{swatches}</style>")


def _caption(made: Made) -> None:
    draft = made.draft
    key = typing.caption_key(draft.id)
    writing(
        "Caption", draft.caption, typing.stamp(draft.id, "caption"), key=key, limits=made.limits,
        locked=made.locked, on_text=typing.saver(draft.id, "caption", lambda: told_text(key)),
        placeholder="What people read beside the picture",
        hint="The link stands below the caption and counts with it." if draft.link else "",
    )  # fmt: skip
    _refused(made, "caption")


def _alt(made: Made) -> None:
    _line(made, "alt_text", "Alt text", hint="What the picture shows, in one sentence")
    if not made.draft.alt_text.strip():
        html('<div class="refused">Needed before anybody decides: some people only hear this picture.</div>')
