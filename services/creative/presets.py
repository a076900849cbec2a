"""
Words kept for reuse, per brand: hashtag groups for captions, what the links of a campaign carry, who is mentioned.

A link that names its source as `{platform}` gets each platform's own name when a post is put together for it.
"""

import re
from enum import StrEnum
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services import brands, identity
from services.creative.errors import HashtagsWrong, PresetNameWrong, PresetNotFound, UtmWrong
from services.kit.db import Tx

PLATFORM = "{platform}"
TAGS_MAX = 30  # the most that Instagram takes
NAME_MAX = 60
_PART_MAX = 100
_TAG = re.compile(r"#?(\w{1,100})")


class PresetKind(StrEnum):
    HASHTAGS = "hashtags"
    UTM = "utm"
    MENTION = "mention"


class TextPreset(BaseModel):
    """`body`: the tags with spaces between; utm_medium and utm_campaign as a query; handles by platform as a query."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    brand_id: UUID
    kind: PresetKind
    name: str
    body: str


def presets(tx: Tx, brand_id: UUID) -> list[TextPreset]:
    """A brand's, by name."""
    return tx.all(
        "select id, brand_id, kind, name, body from app.text_presets where brand_id = %(brand)s "
        "order by kind, lower(name), id",
        {"brand": brand_id},
        TextPreset,
    )


def keep_hashtags(tx: Tx, brand_id: UUID, name: str, tags: str) -> UUID:
    """
    Keep a group; the same name again takes the new tags. Returns its id.

    :raises HashtagsWrong: no tags, too many, or something that is none
    :raises PresetNameWrong, RoleTooLow, brands.BrandNotFound:
    """
    found = tags.replace(",", " ").split()
    words = [match[1] for one in found if (match := _TAG.fullmatch(one))]
    if not words or len(words) != len(found) or len(words) > TAGS_MAX:
        raise HashtagsWrong()
    return keep(tx, brand_id, PresetKind.HASHTAGS, name, " ".join(dict.fromkeys(f"#{one}" for one in words)))


def keep_utm(tx: Tx, brand_id: UUID, name: str, medium: str, campaign: str) -> UUID:
    """
    Keep what a campaign's links carry; the same name again takes the new values. Returns its id.

    :raises UtmWrong: a value is empty or too long
    :raises PresetNameWrong, RoleTooLow, brands.BrandNotFound:
    """
    pair = {"utm_medium": "-".join(medium.split()), "utm_campaign": "-".join(campaign.split())}
    if not all(1 <= len(one) <= _PART_MAX for one in pair.values()):
        raise UtmWrong()
    return keep(tx, brand_id, PresetKind.UTM, name, urlencode(pair))


def keep(tx: Tx, brand_id: UUID, kind: PresetKind, name: str, body: str) -> UUID:
    """One of any kind, its body already checked. :raises PresetNameWrong, RoleTooLow, brands.BrandNotFound:"""
    identity.demand(tx, identity.Act.MAKE)
    brands.brand(tx, brand_id)
    name = " ".join(name.split())
    if not 1 <= len(name) <= NAME_MAX:
        raise PresetNameWrong()
    kept = tx.value(
        "insert into app.text_presets (id, org_id, brand_id, kind, name, body, created_by, created_at) "
        "values (%(id)s, %(org)s, %(brand)s, %(kind)s, %(name)s, %(body)s, %(user)s, %(now)s) "
        "on conflict (org_id, brand_id, kind, lower(name)) do update set name = excluded.name, body = excluded.body "
        "returning id",
        {
            "id": tx.new_id(),
            "org": tx.org_id,
            "brand": brand_id,
            "kind": kind,
            "name": name,
            "body": body,
            "user": tx.user_id,
            "now": tx.now,
        },
    )
    identity.audit(tx, "kept", "text preset", UUID(str(kept)), kind=kind)
    return UUID(str(kept))


def remove_preset(tx: Tx, preset_id: UUID) -> None:
    """Texts that were made with it stay as they are. :raises PresetNotFound, RoleTooLow:"""
    identity.demand(tx, identity.Act.MAKE)
    if not tx.run("delete from app.text_presets where id = %(id)s", {"id": preset_id}):
        raise PresetNotFound()
    identity.audit(tx, "removed", "text preset", preset_id)


def with_hashtags(caption: str, tags: str) -> str:
    """The caption with the tags that it does not have yet, below it."""
    there = {one.lower() for one in re.findall(r"(?<!\w)#\w+", caption)}
    new = " ".join(one for one in tags.split() if one.lower() not in there)
    return "\n\n".join(part for part in (caption.rstrip(), new) if part)


def with_utm(link: str, body: str) -> str:
    """The link with a campaign's medium and name and each platform as source, in place of what it had of these."""
    if not link.strip():
        return link
    marks = {"utm_source": PLATFORM, **dict(parse_qsl(body))}
    parts = urlsplit(link.strip())
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in marks]
    return urlunsplit(parts._replace(query=urlencode([*kept, *marks.items()], safe="{}")))
