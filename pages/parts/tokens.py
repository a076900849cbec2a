"""Every colour, channel and state of the screens. The values are those of .streamlit/config.toml, as CSS variables."""

from typing import NamedTuple


class Channel(NamedTuple):
    """A place posts go to: its name, the letter drawn on its mark ("" where a drawing is used), its two hues."""

    name: str
    glyph: str
    light: str
    dark: str


class State(NamedTuple):
    """How a state is told: the word, the tone, the Material symbol."""

    label: str
    tone: str
    symbol: str


class Tone(NamedTuple):
    """Light and dark values for the mark, the pill behind text and the text on it."""

    mark: str
    pill: str
    text: str
    dark_mark: str
    dark_pill: str
    dark_text: str


CHANNELS = {
    "instagram": Channel("Instagram", "", "#A01C7A", "#F032B4"),
    "facebook": Channel("Facebook", "f", "#2153EA", "#A9C8FF"),
    "tiktok": Channel("TikTok", "", "#0A6A55", "#7FE3CD"),
    "linkedin": Channel("LinkedIn", "in", "#0F3354", "#5490D6"),
    "pinterest": Channel("Pinterest", "P", "#640B12", "#D9525E"),
    "x": Channel("X", "X", "#71767F", "#8B9198"),
    "youtube": Channel("YouTube", "", "#D4461B", "#FF9A62"),
}

_SCHEDULED = State("Scheduled", "blue", "schedule")
_PUBLISHING = State("Publishing", "violet", "sync")

# What a person reads for each stored state of a draft or a post; several stored states share one word.
STATES = {
    "draft": State("Draft", "gray", "edit_note"),
    "waiting": State("Waiting", "yellow", "hourglass_top"),
    "approved": State("Approved", "blue", "verified"),
    "rejected": State("Rejected", "red", "cancel"),
    "scheduled": _SCHEDULED,
    "planned": _SCHEDULED,
    "due": _SCHEDULED,
    "preparing": _PUBLISHING,
    "uploading": _PUBLISHING,
    "processing": _PUBLISHING,
    "ready": _PUBLISHING,
    "publishing": _PUBLISHING,
    "published": State("Published", "green", "check_circle"),
    "failed": State("Failed", "red", "error"),
    "unconfirmed": State("Unconfirmed", "orange", "help"),
    "held": State("On hold", "orange", "pause_circle"),
    "cancelled": State("Cancelled", "gray", "block"),
}

# Posts in these states may still be given another day; everything else has left, is leaving, or waits for a person.
MOVABLE = frozenset({"draft", "waiting", "approved", "scheduled", "planned"})

TONES = {
    "gray": Tone("#858A9A", "#EEF0F3", "#4A5160", "#7C8290", "#262A33", "#B6BDCA"),
    "yellow": Tone("#705000", "#FBF1D0", "#6B4C05", "#F3E38A", "#332C12", "#EFD67C"),
    "orange": Tone("#D0700C", "#FDEADB", "#93420A", "#D08A1E", "#3A2812", "#F3B65F"),
    "blue": Tone("#2046E0", "#E6ECFE", "#1C44C4", "#93A9FF", "#1B2650", "#A9BBFF"),
    "violet": Tone("#9A55D3", "#F3E9FC", "#6F33A8", "#A45BEA", "#2E1D44", "#CFA6FA"),
    "green": Tone("#0E5A45", "#DDF3E8", "#0C5A43", "#45D6A8", "#113328", "#6FE0BC"),
    "red": Tone("#E4485A", "#FCE6E8", "#AD1F2D", "#EC6A68", "#3F1D1F", "#FF9E9C"),
}

# Grounds for initials: white text reads on each with 4.5:1 or better, in both modes.
GROUNDS = ("#B8324B", "#A34A12", "#7A5C00", "#2E6B3C", "#0B6E72", "#2A61B8", "#5B4BC4", "#94389B")

_PLAIN = {
    "card": ("#FFFFFF", "#171A21"),
    "line": ("#E4E5EB", "#2A2E38"),
    "line2": ("#EFF0F4", "#21252E"),
    "sub": ("#F4F4F7", "#1C1F27"),
    "dim": ("#F7F7FA", "#13151B"),
    "tx": ("#191B22", "#E8EAF0"),
    "mut": ("#5E6472", "#9AA1B0"),
    "pri": ("#4B47D1", "#8C8BFF"),
    "pri-bg": ("#EEEDFD", "#232447"),
    "on": ("#FFFFFF", "#111319"),
}
_SHADOWS = (
    "--ld-shadow:0 1px 2px light-dark(rgba(20,22,30,.06),rgba(0,0,0,.4));"
    "--ld-lift:0 10px 30px light-dark(rgba(20,22,40,.14),rgba(0,0,0,.55));"
)


def state_of(state: str) -> State:
    """How a stored state is told; one nobody has named yet is told as it is stored, in grey."""
    return STATES.get(state) or State(state.replace("_", " ").capitalize(), "gray", "circle")


def variables() -> str:
    """The style rule that defines every colour; `light-dark` follows the theme, so no page asks for it."""
    plain = [f"--ld-{name}:light-dark({light},{dark});" for name, (light, dark) in _PLAIN.items()]
    hues = [f"--c-{name}:light-dark({one.light},{one.dark});" for name, one in CHANNELS.items()]
    tones = [
        f"--t-{name}:light-dark({tone.mark},{tone.dark_mark});--t-{name}-bg:light-dark({tone.pill},{tone.dark_pill});"
        f"--t-{name}-tx:light-dark({tone.text},{tone.dark_text});"
        for name, tone in TONES.items()
    ]
    return ":root,.stApp{" + "".join([*plain, _SHADOWS, *hues, *tones]) + "}"


def tone_rules() -> str:
    """The rules that colour chips and icons by their `data-t`."""
    return "".join(
        f'.chip[data-t="{name}"]{{background:var(--t-{name}-bg);color:var(--t-{name}-tx)}}'
        f'.ic[data-t="{name}"]{{color:var(--t-{name})}}'
        for name in TONES
    )


def ground_of(name: str) -> str:
    """The same ground for the same name, always."""
    return GROUNDS[sum(name.casefold().encode()) % len(GROUNDS)]


def initials_of(name: str) -> str:
    """One or two letters for a round portrait."""
    words = [word for word in name.split() if word[:1].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "?"
