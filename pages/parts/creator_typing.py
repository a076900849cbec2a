"""
What is typed in the ad creator: each field saves itself, and shows what another tab saved meanwhile.

A field holds three texts: the widget's, the one last known to be stored, and the stored one. The widget is filled from
the database only where the stored text is not the one known here; so nobody's typing is overwritten by their own save.

A run that is cut short may fill a widget on the server and never reach the browser, which then sends the old text once
more. Such an echo is told from typing by the texts shown before, and never saved over somebody's newer words.
"""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from pages.parts import doors, session
from pages.parts.creator_stored import field, stored, write
from pages.parts.writing import told_text
from services import creative
from services.kit.errors import UserError

PAGE = "creator"
WORDS = ("name", "caption", "link", "alt_text")
_TYPED = (creative.FieldKind.TEXT, creative.FieldKind.COLOUR)


def slot(draft_id: UUID, name: str) -> session.Slot[str | None]:
    """Where the widget of a field keeps its text; also its key."""
    return session.Slot(PAGE, f"{name}-{draft_id}", None)


def _known(draft_id: UUID, name: str) -> session.Slot[str | None]:
    return session.Slot(PAGE, f"known-{name}-{draft_id}", None)


def _refused(draft_id: UUID, name: str) -> session.Slot[str]:
    return session.Slot(PAGE, f"refused-{name}-{draft_id}", "")


def _before(draft_id: UUID, name: str) -> session.Slot[tuple[str, ...]]:
    """Texts the browser may still hold: shown before the last filling, until it confirms the new one."""
    return session.Slot(PAGE, f"before-{name}-{draft_id}", ())


def _echoed(draft_id: UUID, name: str) -> session.Slot[bool]:
    return session.Slot(PAGE, f"echoed-{name}-{draft_id}", False)


def _stamp(draft_id: UUID, name: str) -> session.Slot[int]:
    return session.Slot(PAGE, f"stamp-{name}-{draft_id}", 0)


def _heard(draft_id: UUID, name: str) -> session.Slot[str | None]:
    """What the browser told last, of a field that is no widget of Streamlit."""
    return session.Slot(PAGE, f"heard-{name}-{draft_id}", None)


def _is_echo(draft_id: UUID, name: str, text: str) -> bool:
    """Whether the browser only repeats what it showed before the text that is on its way to it."""
    if text not in session.get(_before(draft_id, name)):
        return False
    session.put(_echoed(draft_id, name), True)
    return True


def caption_key(draft_id: UUID) -> str:
    """The key of the component in which the caption is written."""
    return f"creator-caption-box-{draft_id}"


def fill(draft: creative.Draft, own: Sequence[str] = ()) -> None:
    """Bring every widget of the draft up to what is stored, `own` texts of platforms too. Before any is drawn."""
    names = [field(one.name) for one in creative.template(draft.template).fields]
    for name in (*WORDS, *names, *own):
        text, shown = stored(draft, name), session.get(slot(draft.id, name))
        if session.get(_known(draft.id, name)) != text:
            session.put(_stamp(draft.id, name), session.get(_stamp(draft.id, name)) + 1)
            session.put(_refused(draft.id, name), "")
            if shown is not None:
                session.put(_before(draft.id, name), (*session.get(_before(draft.id, name)), shown))
            _show(draft.id, name, text)
        elif shown is None:
            _show(draft.id, name, text)
        elif not session.pop(_echoed(draft.id, name)):
            session.pop(_before(draft.id, name))


def _show(draft_id: UUID, name: str, text: str) -> None:
    session.put(slot(draft_id, name), text)
    session.put(_known(draft_id, name), text)


def catch_up(draft: creative.Draft, leading: str, own: Sequence[str] = ()) -> bool:
    """
    Save what was typed and not stored; True where something was. Before `fill`.

    Streamlit drops a callback without a word when the next key or click arrives while it runs.

    :param leading: the colour that a colour field shows where none was chosen
    """
    saved = False
    fields = [one for one in creative.template(draft.template).fields if one.kind in _TYPED]
    for name in (*WORDS, *(field(one.name) for one in fields), *own):
        known, typed, read = session.get(_known(draft.id, name)), session.get(slot(draft.id, name)), None
        if name == "caption":
            told = told_text(caption_key(draft.id))
            typed = known if told in (None, session.get(_heard(draft.id, name))) else told
            read = partial(str, typed)
        is_theirs = known is None or known != stored(draft, name)  # another tab's words win
        if typed is None or typed == known or is_theirs or (not known and typed == leading):
            continue
        saver(draft.id, name, read)()
        saved |= session.get(_known(draft.id, name)) == typed
    return saved


def stamp(draft_id: UUID, name: str) -> int:
    """Grows whenever the browser must take over what is stored."""
    return session.get(_stamp(draft_id, name))


def refusal(draft_id: UUID, name: str) -> str:
    """Why what stands in the field is not saved; empty where it is."""
    return session.get(_refused(draft_id, name))


def refusals(draft: creative.Draft, own: Sequence[str] = ()) -> list[str]:
    """Every such sentence of the draft."""
    names = [*WORDS, *(field(one.name) for one in creative.template(draft.template).fields), *own]
    return [sentence for name in names if (sentence := refusal(draft.id, name))]


def saver(draft_id: UUID, name: str, read: Callable[[], str | None] | None = None) -> Callable[[], None]:
    """
    The `on_change` of a field's widget.

    :param read: where the text comes from, if not from the widget's own slot; None saves nothing
    """

    def save() -> None:
        text = read() if read else session.get(slot(draft_id, name)) or ""
        if read:
            session.put(_heard(draft_id, name), text)
        if text is None or text == session.get(_known(draft_id, name)):
            return
        if read is None and _is_echo(draft_id, name, text):
            session.put(slot(draft_id, name), session.get(_known(draft_id, name)))
            return
        try:
            with doors.app().tx(doors.scope()) as tx:
                write(tx, draft_id, name, text)
        except UserError as error:
            session.put(_refused(draft_id, name), error.sentence)
            return
        _show(draft_id, name, text)
        session.put(_refused(draft_id, name), "")

    return save
