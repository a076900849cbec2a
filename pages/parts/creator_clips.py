"""A clip that a platform would refuse: what a person chooses to have it made fit, and how far that is."""

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from pages.parts import doors, paths
from pages.parts.markup import esc, html, icon
from pages.parts.media_drawer import OPEN
from pages.parts.media_words import length
from pages.parts.notices import notices
from services import creative, media, publishing

LOOKS_EVERY_SECONDS = 2
_WAYS = {media.Way.CROP: "Crop to the middle", media.Way.PAD: "All of it, on black"}


def clip_button(draft: creative.Draft, offer: publishing.ClipOffer, *, many: bool, locked: bool) -> None:
    """Opens the choices; nothing is made before a person made them."""
    place = f" (file {offer.place + 1})" if many else ""
    label = f"Fix it{place}: {offer.words}"
    if st.button(
        label, icon=":material/movie_edit:", key=f"creator-clip-{offer.place}", disabled=locked,
        help="Makes a new clip beside the source and puts it in this post, for all its channels.",
    ):  # fmt: skip
        clip_dialog(draft.id, offer)


@st.dialog("Make the clip fit", icon=":material/movie_edit:")
def clip_dialog(draft_id: UUID, offer: publishing.ClipOffer) -> None:
    """Shape, way and, where it must be cut, which part is kept; says what comes of it before it is asked for."""
    shapes = {one.label: one for one in offer.shapes}
    label = st.segmented_control(
        "Shape", list(shapes), default=next(iter(shapes)), required=True, key="creator-clip-shape"
    )
    shape = shapes[label or next(iter(shapes))]
    way = shape.ways[0]
    if len(shape.ways) > 1 or shape.ratio is not None:
        way = st.segmented_control(
            "How", list(shape.ways), default=shape.ways[0], required=True, format_func=_WAYS.__getitem__,
            key=f"creator-clip-way-{shape.label}",
        ) or way  # fmt: skip
    start = _start(offer)
    wide, high = offer.size(shape, way)
    html(f'<div class="told blue">{icon("movie_edit")}<span>{esc(_outcome(offer, wide, high, start))}</span></div>')
    if st.button("Make it", type="primary", icon=":material/auto_fix_high:", key="creator-clip-make"):
        asked = None
        with notices("The clip is being made"), doors.app().tx(doors.scope()) as tx:
            asked = creative.ask_clip_fix(tx, draft_id, offer.asset_id, offer.wanted(shape, way, start))
        if asked:
            st.rerun()


def _start(offer: publishing.ClipOffer) -> float:
    if offer.seconds_max is None:
        return 0.0
    latest = round(offer.seconds - offer.seconds_max, 1)
    return st.slider("Begins at second", 0.0, max(latest, 0.1), 0.0, 0.1, key="creator-clip-start", format="%.1f")


def _outcome(offer: publishing.ClipOffer, wide: int, high: int, start: float) -> str:
    made = f"A new clip of up to {wide:,} × {high:,} pixels, MP4 with H.264 and AAC"
    if offer.bytes_max is not None:
        made += f", below {offer.bytes_max / 1024 / 1024:,.0f} MB"
    if offer.seconds_max is None:
        return f"{made}. Its length stays."
    left_out = offer.seconds - offer.seconds_max
    ends = start + offer.seconds_max
    return f"{made}. It keeps {start:.1f} s to {ends:.1f} s and leaves out {left_out:.1f} s of {offer.seconds:.1f} s."


def clip_lines(draft: creative.Draft, fixes: Sequence[creative.ClipFix], *, locked: bool) -> None:
    """Under the files of a post: each clip on its way, made or not."""
    held = set(draft.media_ids)
    for fix in fixes:
        if not fix.is_over:
            _live(fix, locked=locked)
        elif fix.state is creative.FixState.FAILED and fix.asset_id in held:
            html(f'<div class="warn">{icon("error", "red")}<span>The clip was not made: {esc(fix.error)}</span></div>')
        elif fix.made_asset_id and fix.asset_id in held and fix.error:
            html(f'<div class="told">{icon("info")}<span>{esc(fix.error)}</span></div>')
            _acts(draft, fix, "Use the clip that fits", fix.asset_id, fix.made_asset_id, locked=locked)
        elif fix.made_asset_id and fix.made_asset_id in held:
            words = "A clip that fits took its source's place. Both are in the library."
            html(f'<div class="told blue">{icon("check_circle")}<span>{esc(words)}</span></div>')
            _acts(draft, fix, "Use the source again", fix.made_asset_id, fix.asset_id, locked=locked)


def _acts(draft: creative.Draft, fix: creative.ClipFix, label: str, old: UUID, new: UUID, *, locked: bool) -> None:
    """Exchange the two, or see in the library the one that is not in the post."""

    def exchange() -> None:
        with notices(quiet_error=True), doors.app().tx(doors.scope()) as tx:
            creative.replace_media(tx, draft.id, old, new)

    with st.container(horizontal=True, gap="small", key=f"creator-clip-acts-{fix.id}"):
        st.button(
            label, key=f"creator-clip-use-{fix.id}", type="tertiary", icon=":material/swap_horiz:", disabled=locked,
            on_click=exchange,
        )  # fmt: skip
        see = "See it in the library" if new == fix.made_asset_id else "See the source"
        if st.button(see, key=f"creator-clip-see-{fix.id}", type="tertiary", icon=":material/photo_library:"):
            paths.go("library", **{OPEN: str(new)})


def _live(stood: creative.ClipFix, *, locked: bool) -> None:
    """Looks again by itself; draws the screen anew once the clip is made."""

    def panel() -> None:
        with doors.app().tx(doors.scope()) as tx:
            fix = creative.clip_fix(tx, stood.id)
        if fix.is_over:
            st.rerun()
        waits = fix.state is creative.FixState.WAITING or not fix.total_seconds
        told = (
            "Waiting for a worker" if waits else f"{length(fix.done_seconds) or '0:00'} of {length(fix.total_seconds)}"
        )
        st.progress(fix.done_ratio, text=f"Making the clip fit: {told}. You can leave this page.")
        st.button(
            "Cancelling" if fix.cancel_asked_at else "Cancel", icon=":material/block:", type="tertiary",
            key=f"creator-clip-cancel-{fix.id}", disabled=locked, on_click=_cancel, args=(fix,),
            help="The post stays as it is.",
        )  # fmt: skip

    st.fragment(panel, run_every=LOOKS_EVERY_SECONDS)()


def _cancel(fix: creative.ClipFix) -> None:
    with notices("Cancelled. The post stays as it is.", quiet_error=True), doors.app().tx(doors.scope()) as tx:
        creative.cancel_clip_fix(tx, fix.id)
