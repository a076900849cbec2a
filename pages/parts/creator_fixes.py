"""One press for what we can put right of a file that a platform would refuse."""

import streamlit as st

from pages.parts import doors
from pages.parts.creator_clips import clip_button
from pages.parts.markup import html
from pages.parts.notices import notices
from services import approvals, creative, media, publishing

_CLIP = "This clip cannot be made to fit here: export another and add it."


def fix_buttons(draft: creative.Draft, content: approvals.SealedContent, *, locked: bool) -> None:
    """A button for each file that can be made to fit; a sentence for a clip that cannot."""
    fixes, offers, many = publishing.fixes_of(content), publishing.clip_offers_of(content), len(content.media) > 1
    for fix in fixes:
        label = f"Fix it{f' (file {fix.place + 1})' if many else ''}: {fix.words}"
        st.button(
            label, icon=":material/auto_fix_high:", key=f"creator-fix-{content.platform}-{fix.place}", disabled=locked,
            on_click=_fix, args=(draft, fix),
            help="Makes a new file beside the source and puts it in this post, for all its channels.",
        )  # fmt: skip
    for offer in offers:
        clip_button(draft, offer, many=many, locked=locked)
    is_refused = any(one.where == "media" for one in publishing.problems_of(content))
    if is_refused and not fixes and not offers and any(one.is_video for one in content.media):
        html(f'<div class="mut">{_CLIP}</div>')


def _fix(draft: creative.Draft, fix: publishing.Fix) -> None:
    def back() -> None:
        with doors.app().tx(doors.scope()) as tx:
            creative.choose_media(tx, draft.id, draft.media_ids)

    with notices("The file that fits took its place; the source stays in the library", undo=back, quiet_error=True):
        made = media.fit_asset(doors.app(), doors.scope(), fix.asset_id, fix.wanted)
        with doors.app().tx(doors.scope()) as tx:
            creative.replace_media(tx, draft.id, fix.asset_id, made.id)
