"""What several screens choose from, remembered in the address."""

from collections.abc import Sequence

import streamlit as st

from services.brands import Brand


def brand(brands: Sequence[Brand], *, key: str) -> Brand:
    """The chosen brand; nothing is drawn where there is only one. `key` is its name in the address too."""
    if len(brands) == 1:
        return brands[0]
    by_id = {str(one.id): one for one in brands}
    chosen = st.selectbox(
        "Brand",
        list(by_id),
        format_func=lambda one: by_id[one].name if one in by_id else "",
        key=key,
        bind="query-params",
        label_visibility="collapsed",
        width=180,
    )
    return by_id.get(chosen, brands[0])
