"""One ad of a competitor: its words, how long it ran, its figures as ranges, and where the row came from."""

from datetime import date
from uuid import UUID

import streamlit as st

from pages.parts import ad_words, doors, paths
from pages.parts.markup import chip, esc, html, link, mark, portrait
from pages.parts.zones import day, when
from services import identity, research
from services.kit.errors import NotFound

OPEN = "ad"
_COLLECTORS = {
    "meta_ads_csv": "Meta Ad Library, table",
    "meta_ads_json": "Meta Ad Library, API answer",
    "posts_table": "Table of posts",
}


def _closed() -> None:
    st.query_params.pop(OPEN, None)


@st.dialog("Ad", position="right", width="medium", icon=":material/travel_explore:", on_dismiss=_closed)
def drawer(ad_id: UUID, zone: str) -> None:
    """The drawer on the right; its address can be sent to a colleague."""
    person = doors.require()
    try:
        with doors.app().tx(doors.scope_of(person)) as tx:
            ad = research.get_ad(tx, ad_id)
            now = tx.now
    except NotFound as error:
        html(f'<p class="mut">{esc(error.sentence)}</p>')
        return
    today = now.date()
    marks = "".join(mark(place) for place in ad.placements or (ad.platform,))
    html(
        f'<div class="row">{portrait(ad.advertiser)}<span class="h" dir="auto">{esc(ad.advertiser)}</span>'
        f'<span class="sp row">{_state(ad)}{marks}</span></div>'
    )
    if identity.can(person.role, identity.Act.MAKE) and st.button(
        "Make an ad from this", type="primary", icon=":material/add:", key=f"competitors-use-{ad.id}", width="stretch"
    ):
        paths.follow(evidence_link(ad.id))
    _words(ad)
    html(link(_link_words(ad), ad.link))
    _pairs("How it did", _figures(ad, today))
    origin = {
        "File": ad.file_name or "its import was removed",
        "Row": f"{ad.row_number:,}" if ad.row_number else "–",
        "Collector": _COLLECTORS.get(ad.collector, ad.collector),
        "Seen in the source": day(ad.observed_on, today),
        "First imported": when(ad.first_seen_at, zone, now),
        "Changed": when(ad.changed_at, zone, now) if ad.changed_at else "never",
        "Id": ad.remote_id,
    }
    _pairs("Where this comes from", origin)


def evidence_link(ad_id: UUID) -> str:
    """Opens the ad creator with this ad as evidence."""
    return f"/creator?evidence={ad_id}"


def _state(ad: research.Ad) -> str:
    if ad.kind == "post":
        return chip("Post", "gray", "article")
    return chip("Running", "green", "play_circle") if ad.is_running else chip("Stopped", "gray", "stop_circle")


def _link_words(ad: research.Ad) -> str:
    return "See it in the Meta Ad Library" if ad.collector.startswith("meta_") else "See the post"


def _words(ad: research.Ad) -> None:
    """Every variant of every text, in any script."""
    for name, texts in (("Text", ad.bodies), ("Title", ad.titles), ("Description", ad.descriptions)):
        for number, text in enumerate(texts, start=1):
            head = name if len(texts) == 1 else f"{name} {number} of {len(texts)}"
            html(
                f'<div class="mut" style="margin-top:6px">{esc(head)}</div>'
                f'<div dir="auto" style="white-space:pre-wrap;overflow-wrap:anywhere">{esc(text)}</div>'
            )
    if not (ad.bodies or ad.titles or ad.descriptions):
        html('<p class="mut">This ad came without text.</p>')


def _figures(ad: research.Ad, today: date) -> dict[str, str]:
    """Only what the source says: absent is not zero."""
    spent = ad_words.span(ad.spend_lower, ad.spend_upper, ad.spend_currency or "")
    found = {
        "Dates": ad_words.dates(ad, today),
        "Days running": str(ad.days) if ad.days is not None else "",
        "Impressions": ad_words.span(ad.impressions_lower, ad.impressions_upper),
        "Spend": spent,
        "Reach": f"{ad.reach:,}" if ad.reach is not None else "",
        "Views": f"{ad.views:,}" if ad.views is not None else "",
        "Likes": f"{ad.likes:,}" if ad.likes is not None else "",
        "Comments": f"{ad.comments:,}" if ad.comments is not None else "",
        "Shares": f"{ad.shares:,}" if ad.shares is not None else "",
        "Leads to": " · ".join(ad.captions),
        "Paid by": ad.payer,
        "Languages": ", ".join(ad.languages),
    }
    return {name: value for name, value in found.items() if value}


def _pairs(head: str, pairs: dict[str, str]) -> None:
    lines = "".join(
        f'<div class="row" style="padding:4px 0"><span class="mut" style="flex:0 0 130px">{esc(name)}</span>'
        f'<span class="num" dir="auto" style="overflow-wrap:anywhere;min-width:0">{esc(value)}</span></div>'
        for name, value in pairs.items()
    )
    html(f'<div class="h" style="margin-top:12px">{esc(head)}</div>{lines}')
