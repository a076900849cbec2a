"""Where the organisation's messages go beside the inbox: Slack channels and webhooks. Admins keep them."""

import streamlit as st

from pages.parts import doors, paths
from pages.parts.look import card, card_head
from pages.parts.markup import chip, esc, html, icon
from pages.parts.notices import notices, tell
from pages.parts.notif_terms import terms_fields
from pages.parts.notif_words import CATEGORIES, RHYTHMS, VIAS, quiet_words
from services import identity, notifications
from services.notifications import Category, Outlet, Rhythm, Via

_ADDRESS = {
    Via.SLACK: ("Incoming webhook of the Slack channel", "https://hooks.slack.com/services/…"),
    Via.WEBHOOK: ("Your https address", "https://ops.example.com/loopdesk"),
}


def outlets_card(person: identity.Viewer, found: list[Outlet], zone: str) -> None:
    """One row each, with its buttons for those who may."""
    may = identity.can(person.role, identity.Act.CONNECT)
    with card("notifications-outlets", gap="small"):
        card_head("Slack and webhooks", "for everybody in the organisation")
        if not found:
            html('<p class="mut">What concerns the whole organisation can also go to a Slack channel, or signed to an '
                 "address of yours.</p>")  # fmt: skip
        for outlet in found:
            _outlet(outlet, may=may)
        if may:
            with st.container(horizontal=True, gap="small", key="notifications-outlets-add"):
                for via in (Via.SLACK, Via.WEBHOOK):
                    words, symbol = VIAS[via]
                    if st.button(
                        f"Add {words if via is Via.SLACK else words.lower()}",
                        icon=f":material/{symbol}:",
                        key=f"notifications-add-{via.value}",
                    ):
                        add_dialog(via, zone)


def _outlet(outlet: Outlet, *, may: bool) -> None:
    words, symbol = VIAS[outlet.via]
    state = chip("Paused", "gray", "pause") if outlet.is_paused else chip("On", "green", "check_circle")
    if outlet.last_error and not outlet.is_paused:
        state = chip("Takes nothing", "red", "error")
    error = f"{outlet.last_error} Send a test when it is put right." if outlet.last_error else ""
    told = f'<div class="mut" style="overflow-wrap:anywhere">{esc(error)}</div>' if error else ""
    quiet = f'<div class="mut">{esc(quiet_words(outlet))}</div>' if outlet.quiet_from else ""
    html(
        f'<div class="row">{icon(symbol)}<div class="m" style="min-width:0"><div class="h cut">{esc(outlet.name)}</div>'
        f'<div class="mut cut">{esc(words)} · {esc(outlet.host)} · {esc(_summary(outlet))}</div>{quiet}{told}</div>'
        f'<span class="sp">{state}</span></div>'
    )
    if not may:
        return
    with st.container(horizontal=True, gap="small", key=f"notifications-outlet-acts-{outlet.id}"):
        if st.button("Send a test", icon=":material/send:", key=f"notifications-test-{outlet.id}"):
            send_test(outlet)
        if st.button("Change", icon=":material/tune:", key=f"notifications-change-{outlet.id}"):
            change_dialog(outlet)
        if st.button("Remove", icon=":material/delete:", type="tertiary", key=f"notifications-remove-{outlet.id}"):
            remove_dialog(outlet)


def _summary(outlet: Outlet) -> str:
    on = [CATEGORIES[one][0].lower() for one in Category if outlet.rhythm(one) is not Rhythm.OFF]
    return ", ".join(on) or "no category is on"


def send_test(outlet: Outlet | None) -> None:
    """Send one message, to an outlet or to one's own mailbox, and show what comes of it."""
    done = False
    with notices():
        with doors.app().tx(doors.scope()) as tx:
            notifications.send_test(tx, outlet.id if outlet else None)
        done = True
    if done:
        tell("A test is on its way. Its answer appears here.")
        paths.go("notifications", tab="log")


@st.dialog("Where should messages go?", on_dismiss="rerun", width="small", icon=":material/add:")
def add_dialog(via: Via, zone: str) -> None:
    """Ask for a name and the address; a webhook's key is shown here and never again."""
    label, example = _ADDRESS[via]
    with st.form("notifications-add-form", border=False):
        name = st.text_input("Name", placeholder="Ops channel", max_chars=80, key="notifications-add-name")
        address = st.text_input(label, placeholder=example, max_chars=2_000, type="password", autocomplete="off",
                                key="notifications-add-address")  # fmt: skip
        st.caption("It is sealed and never shown again. https on the public internet only.")
        if not st.form_submit_button("Add", type="primary", key="notifications-add-go"):
            return
    added = None
    with notices():
        added = notifications.add_outlet(doors.app(), doors.scope(), via, name, address.strip(), zone)
    if added is not None and added.signing_key:
        _key_once(added.signing_key)
    elif added is not None:
        tell("Added. Send a test to see that it arrives.")
        st.rerun()


def _key_once(key: str) -> None:
    st.success("This is the key your receiver checks signatures with. It is shown this once.")
    st.code(key, language=None)
    st.caption("Close this when it is stored. docs/webhooks.md says how to check a signature.")


@st.dialog("Change", width="small", icon=":material/tune:")
def change_dialog(outlet: Outlet) -> None:
    """What goes there and when, its pause, and for a webhook a new key."""
    with st.form("notifications-outlet-form", border=False):
        name = st.text_input("Name", outlet.name, max_chars=80, key=f"notifications-outlet-name-{outlet.id}")
        rhythms = {
            category: st.segmented_control(
                CATEGORIES[category][0], list(RHYTHMS), default=outlet.rhythm(category), required=True,
                format_func=lambda one: RHYTHMS[one], key=f"notifications-outlet-{category.value}-{outlet.id}",
            ) or Rhythm.OFF
            for category in Category
        }  # fmt: skip
        terms = terms_fields(outlet, f"notifications-outlet-{{}}-{outlet.id}")
        paused = st.toggle("Paused", outlet.is_paused, key=f"notifications-outlet-paused-{outlet.id}")
        asked = st.form_submit_button("Save", type="primary", key="notifications-outlet-save")
    if asked:
        _save(outlet.model_copy(update={**terms, "name": name, "rhythms": rhythms, "is_paused": paused}))
    if outlet.via is Via.WEBHOOK and st.button("Make a new signing key", icon=":material/key:", type="tertiary",
                                               key="notifications-outlet-key"):  # fmt: skip
        with notices():
            _key_once(notifications.renew_signing_key(doors.app(), doors.scope(), outlet.id))


def _save(wanted: Outlet) -> None:
    done = False
    with notices():
        with doors.app().tx(doors.scope()) as tx:
            notifications.change_outlet(tx, wanted)
        done = True
    if done:
        tell("Saved.")
        st.rerun()


@st.dialog("Remove?", width="small", icon=":material/delete:")
def remove_dialog(outlet: Outlet) -> None:
    """Ask once: its address cannot be had back."""
    html(f"<p><b>{esc(outlet.name)}</b> gets no more messages, and its address is forgotten. Its log stays.</p>")
    if st.button("Remove", type="primary", key="notifications-outlet-remove"):
        done = False
        with notices():
            notifications.remove_outlet(doors.app(), doors.scope(), outlet.id)
            done = True
        if done:
            tell("Removed.")
            st.rerun()
