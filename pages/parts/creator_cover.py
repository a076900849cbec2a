"""The cover of a clip on one platform: a moment of the clip, or a picture of the library, as far as it takes them."""

from functools import partial
from uuid import UUID

import streamlit as st

from pages.parts import creator_stored as stored
from pages.parts import creator_typing as typing
from pages.parts import doors
from pages.parts.creator_pictures import picture_drawer
from pages.parts.markup import box, esc, html, safe_image
from pages.parts.notices import notices
from services import approvals, creative, media, publishing


def cover_field(
    draft: creative.Draft, content: approvals.SealedContent, spec: publishing.PlatformSpec, *, locked: bool
) -> None:
    """Nothing where no clip is shown and none was given a cover; what the platform does not take is said."""
    is_clip = any(one.is_video for one in content.media)
    if not content.cover and not (draft.is_post and is_clip):
        return
    takes = spec.cover
    takes_picture = bool(takes and takes.media_types)
    if takes and takes.has_moment and content.cover is None:
        _moment(draft, content, spec, locked=locked)
    if takes_picture or content.cover:
        _picture(draft, content, locked=locked or (not takes_picture and not content.cover))
    html(f'<div class="mut">{esc(_words(spec))}</div>')


def _words(spec: publishing.PlatformSpec) -> str:
    takes, kind = spec.cover, f"A {spec.format_label.lower()} on {spec.label}"
    if takes is None:
        return f"{kind} takes no cover from here."
    if not takes.media_types:
        return f"{kind} takes a moment of the clip as its cover, no picture."
    if takes.is_after:
        return f"{kind} takes a picture as its cover, set right after it is out; no moment of the clip."
    return "A picture wins over a moment." if takes.has_moment else f"{kind} takes a picture as its cover."


def _moment(draft: creative.Draft, content: approvals.SealedContent, spec: publishing.PlatformSpec, *,
            locked: bool) -> None:  # fmt: skip
    setting = next((one for one in spec.settings if one.name == publishing.COVER_SECOND), None)
    if setting is None:
        return
    name = stored.on(content.platform, setting.name)
    st.text_input(
        "Cover: second of the clip (optional)", key=typing.slot(draft.id, name).key, live="500ms",
        max_chars=setting.text_max, disabled=locked, placeholder=setting.default or "2.5", help=setting.help,
        autocomplete="off", on_change=typing.saver(draft.id, name),
    )  # fmt: skip


def _picture(draft: creative.Draft, content: approvals.SealedContent, *, locked: bool) -> None:
    platform, cover = content.platform, content.cover
    html('<div class="fieldlab">Cover: a picture (optional)</div>')
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"creator-cover-{platform}"):
        with st.container(width="stretch"):
            html(_shown(cover))
        if cover:
            st.button(
                "Take out", type="tertiary", key=f"creator-cover-out-{platform}", disabled=locked, on_click=_save,
                args=(draft.id, platform, ""),
            )  # fmt: skip
        word = "Change" if cover else "Choose"
        if st.button(word, icon=":material/photo_library:", key=f"creator-cover-choose-{platform}", disabled=locked):
            active = draft.per_channel.get(platform, {}).get("cover", "")
            picture_drawer(
                draft.brand_id, f"cover-{platform}", active, lambda asset: _save(draft.id, platform, str(asset.id))
            )
    fix = publishing.cover_fix_of(content)
    if fix:
        st.button(
            f"Fix it: {fix.words}", icon=":material/auto_fix_high:", key=f"creator-cover-fix-{platform}",
            disabled=locked, on_click=partial(_fix, draft, platform, fix),
            help="Makes a new file beside the source, which stays as it is.",
        )  # fmt: skip


def _shown(cover: approvals.SealedMedia | None) -> str:
    if cover is None:
        words = '<div class="n">None</div><div class="g">From your library, or a new file.</div>'
        return f'<div class="chosen">{box("image")}<div class="m">{words}</div></div>'
    src = safe_image(media.address(doors.app(), cover.file_key))
    return (
        f'<div class="chosen"><img src="{esc(src)}" alt=""><div class="m"><div class="n">Chosen</div>'
        f'<div class="g num">{cover.width:,} × {cover.height:,}</div></div></div>'
    )


def _save(draft_id: UUID, platform: str, asset_id: str) -> None:
    with notices(quiet_error=True), doors.app().tx(doors.scope()) as tx:
        creative.save_for_channel(tx, draft_id, platform, {"cover": asset_id})


def _fix(draft: creative.Draft, platform: str, fix: publishing.Fix) -> None:
    with notices(
        "The picture that fits is the cover now; the source stays in the library",
        undo=partial(_save, draft.id, platform, str(fix.asset_id)), quiet_error=True,
    ):  # fmt: skip
        made = media.fit_asset(doors.app(), doors.scope(), fix.asset_id, fix.wanted)
        _save(draft.id, platform, str(made.id))
