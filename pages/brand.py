"""Brand: the name, address, time zone, colours and logo that ads, previews and times of day are made with."""

import streamlit as st

from pages.parts import doors
from pages.parts.brand_rules import rules_card
from pages.parts.brand_slots import slots_card
from pages.parts.look import card, card_head, header
from pages.parts.markup import esc, html, safe_image
from pages.parts.notices import notices, tell
from pages.parts.zones import place
from services import brands, identity

_LOGO_SECONDS = 3600
_SWATCHES = 3
_NEW = "#4B47D1"


def page() -> None:
    person = doors.require()
    app, scope = doors.app(), doors.scope_of(person)
    with app.tx(scope) as tx:
        known = brands.brands(tx)
    brand = known[0]
    header("Brand", f"{brand.name} · {brand.web_address or 'no web address'} · times in {place(brand.time_zone)}")
    left, right = st.columns([1.1, 1], gap="small")
    with left, card("brand-fields", gap="small"):
        card_head("What ads are made with")
        if identity.can(person.role, identity.Act.BRAND):
            _form(brand)
        else:
            html('<p class="mut">An owner or admin of the organisation can change this.</p>')
    with right, card("brand-looks", gap="small"):
        card_head("How it looks now")
        _sample(brand, app.files.url(brand.logo_key, _LOGO_SECONDS) if brand.logo_key else "")
    with left:
        rules_card(brand, person)
    with right:
        slots_card(brand, person)


def _form(brand: brands.Brand) -> None:
    zones = brands.time_zones()
    zone = zones.index(brand.time_zone) if brand.time_zone in zones else 0
    with st.form("brand-form", border=False):
        name = st.text_input("Name", brand.name, max_chars=80, key="brand-name")
        address = st.text_input("Web address", brand.web_address, max_chars=500, key="brand-address")
        time_zone = st.selectbox("Time zone", zones, zone, key="brand-zone")
        swatches = st.columns(_SWATCHES, gap="small")
        chosen = [_swatch(column, brand, number) for number, column in enumerate(swatches)]
        logo = st.file_uploader("Logo", ["png", "jpg", "jpeg", "webp"], key="brand-logo", max_upload_size=2)
        if st.form_submit_button("Save", type="primary", key="brand-save"):
            more = tuple(brand.colours[_SWATCHES:])
            fields = brands.BrandFields(
                name=name, web_address=address, time_zone=time_zone or brand.time_zone, colours=(*chosen, *more)
            )
            _save(brand, fields, logo.getvalue() if logo else b"")


def _swatch(column: object, brand: brands.Brand, number: int) -> str:
    words = ("Leading colour", "Second", "Third")
    value = brand.colours[number] if number < len(brand.colours) else brand.colours[0] if brand.colours else _NEW
    return str(column.color_picker(words[number], value, key=f"brand-colour-{number}"))  # type: ignore[attr-defined]


def _save(brand: brands.Brand, fields: brands.BrandFields, picture: bytes) -> None:
    done = False
    with notices():
        brands.change_brand(doors.app(), doors.scope(), brand.id, fields, picture)
        done = True
    if done:
        tell("Saved. Approved ads stay as they were approved.")
        st.rerun()


def _sample(brand: brands.Brand, logo: str) -> None:
    swatches = "".join(
        f'<span style="width:34px;height:34px;border-radius:9px;background:{esc(colour)};'
        f'border:1px solid var(--ld-line)" role="img" aria-label="{esc(colour)}"></span>'
        for colour in brand.colours
    )
    picture = safe_image(logo)
    shown = f'<img src="{esc(picture)}" alt="Logo" style="max-height:72px;max-width:100%">'
    nothing = '<span class="mut">No logo yet</span>'
    html(
        f'<div class="well">{shown if picture else nothing}</div>'
        f'<div class="row" style="margin-top:12px">{swatches}</div>'
    )
