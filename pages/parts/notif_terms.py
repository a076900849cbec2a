"""When messages leave for a target: zone, digest and quiet hours, asked the same way for a person and an outlet."""

from datetime import time

import streamlit as st

from services import brands
from services.notifications import Terms

_NIGHT = (time(20), time(7))


def terms_fields(kept: Terms, key: str, *, yours: bool = False) -> dict[str, object]:
    """
    Draw the fields inside a form; returns what was entered, by the names of `Terms`.

    :param key: pattern of the widgets' keys, "notifications-{}"
    """
    zones = brands.time_zones()
    left, right = st.columns(2, gap="small")
    zone = left.selectbox(
        "Your time zone" if yours else "Time zone", zones, zones.index(kept.zone) if kept.zone in zones else 0,
        key=key.format("zone"),
    )  # fmt: skip
    digest_at = right.time_input("Daily digests at", kept.digest_at, step=900, key=key.format("digest"))
    is_quiet = st.toggle("Quiet hours", kept.quiet_from is not None, key=key.format("quiet"),
                         help="What falls into them leaves when they end.")  # fmt: skip
    left, right = st.columns(2, gap="small")
    start = left.time_input("Quiet from", kept.quiet_from or _NIGHT[0], step=900, key=key.format("quiet-from"))
    end = right.time_input("Quiet until", kept.quiet_to or _NIGHT[1], step=900, key=key.format("quiet-to"))
    breaks = st.toggle("Urgent ones come at once, even in quiet hours and instead of a digest", kept.urgent_breaks,
                       key=key.format("urgent"))  # fmt: skip
    return {
        "zone": zone, "digest_at": digest_at, "quiet_from": start if is_quiet else None,
        "quiet_to": end if is_quiet else None, "urgent_breaks": breaks,
    }  # fmt: skip
