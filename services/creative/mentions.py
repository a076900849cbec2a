"""
People and pages that a brand mentions: kept by name, written into a text as `@[Name]`, and put by each platform's form.

Nobody is looked up anywhere: what is kept is what a person wrote. A version keeps those it names, as they were then.
"""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.creative.errors import MentionNameWrong, MentionWrong
from services.creative.models import Draft
from services.creative.presets import PresetKind, keep, presets
from services.kit.db import Tx

Mentions = dict[str, dict[str, str]]
_TOKEN = re.compile(r"@\[([^\[\]\n]{1,60})\](?!\()")
_NAME = re.compile(r"[^\[\](){}<>|\\@\n]{1,60}")
_HANDLE = r"[\w.\-]{1,60}"


class MentionForm(BaseModel):
    """
    How one platform writes a mention. `asks`: what to keep for it, in words; `form` gets `name` and `handle`.

    `in_comments`: does a comment there take the form too? Else the name stands as it is.
    """

    model_config = ConfigDict(frozen=True)

    asks: str
    form: str = "@{handle}"
    pattern: str = _HANDLE
    in_comments: bool = True


# Platforms that make a mention of words in a text. Elsewhere the name stands as it is.
MENTION_FORMS: Mapping[str, MentionForm] = {
    "instagram": MentionForm(asks="@handle"),
    "tiktok": MentionForm(asks="@handle"),
    "x": MentionForm(asks="@handle"),
    "youtube": MentionForm(asks="@handle"),
    "linkedin": MentionForm(
        asks="urn:li:organization:…, and the name exactly as there",
        form="@[{name}]({handle})",
        pattern=r"urn:li:(?:organization|person):[A-Za-z0-9_-]{1,60}",
        in_comments=False,
    ),
}


class Mention(BaseModel):
    """Somebody to be mentioned; `handles` by platform, without an @."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    name: str
    handles: dict[str, str]

    @property
    def token(self) -> str:
        """What stands for them in a text."""
        return f"@[{self.name}]"


def mentions(tx: Tx, brand_id: UUID) -> list[Mention]:
    """A brand's, by name."""
    kept = [one for one in presets(tx, brand_id) if one.kind is PresetKind.MENTION]
    return [Mention(id=one.id, name=one.name, handles=dict(parse_qsl(one.body))) for one in kept]


def keep_mention(tx: Tx, brand_id: UUID, name: str, handles: Mapping[str, str]) -> UUID:
    """
    Keep somebody; the same name again takes the new handles. Returns the id.

    :param handles: by platform, with or without an @; what is empty is left out
    :raises MentionWrong: none is given, or one is none of its platform
    :raises MentionNameWrong: the name has a sign that platforms read as their own
    :raises RoleTooLow, brands.BrandNotFound:
    """
    given = {platform: told.strip().removeprefix("@") for platform, told in handles.items() if told.strip()}
    for platform, told in given.items():
        form = MENTION_FORMS.get(platform)
        if form is None or not re.fullmatch(form.pattern, told):
            raise MentionWrong()
    if not given:
        raise MentionWrong()
    name = " ".join(name.split())
    if not _NAME.fullmatch(name):
        raise MentionNameWrong()
    return keep(tx, brand_id, PresetKind.MENTION, name, urlencode(given))


def named_in(tx: Tx, now: Draft) -> Mentions:
    """Those that a draft's texts name, as they are kept now."""
    own = [text for chosen in now.per_channel.values() for key, text in chosen.items() if key in _TEXTS]
    names = set(tokens_in([now.caption, *own]))
    return {one.name: one.handles for one in mentions(tx, now.brand_id) if one.name in names} if names else {}


_TEXTS = ("text", "first_comment")


def tokens_in(texts: Iterable[str]) -> list[str]:
    """The names that texts mention, in their order."""
    return [found for text in texts for found in _TOKEN.findall(text)]


def with_mention(caption: str, name: str) -> str:
    """The caption with a mention at its end."""
    return " ".join(part for part in (caption.rstrip(" "), f"@[{name}]") if part)


def mentioning(text: str, known: Mentions, platform: str, *, is_comment: bool = False) -> str:
    """The text as this platform wants it; a name that is not `known` stays as it was written."""
    form = MENTION_FORMS.get(platform)
    is_plain = is_comment and form is not None and not form.in_comments

    def put(found: re.Match[str]) -> str:
        if found[1] not in known:
            return found[0]
        return found[1] if is_plain else mention_on(found[1], known[found[1]], platform)

    return _TOKEN.sub(put, text)


def mention_on(name: str, handles: Mapping[str, str], platform: str) -> str:
    """One mention in a platform's form; the plain name where it has none, or no handle is kept for it."""
    form, handle = MENTION_FORMS.get(platform), handles.get(platform, "")
    return form.form.format(name=name, handle=handle) if form and handle else name
