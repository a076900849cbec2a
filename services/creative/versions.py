"""Versions: what a draft was at one moment, with its finished pictures. Immutable."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from services import identity, media
from services.creative import render
from services.creative.drafts import draft, merged
from services.creative.drawing import brief_of, draw_finished, used_fields
from services.creative.errors import ChangedMeanwhile, DraftNotFound, NotReady, PictureGone, VersionNotFound
from services.creative.mentions import named_in
from services.creative.models import COVER, Draft, Placed, Version
from services.creative.queries import drafts, versions
from services.kit.app import App
from services.kit.db import Scope, Tx


def keep_version(app: App, scope: Scope, draft_id: UUID) -> Version:
    """
    Draw the draft in all sizes, store the pictures and keep both as the next version.

    An unchanged draft gives its newest version back instead of a second equal one.

    :raises DraftNotFound: no such draft in this organisation
    :raises NotReady: a required field, the caption or the alt text is empty, named in the sentence
    :raises PictureGone: a chosen picture left the library
    :raises ChangedMeanwhile: somebody typed while it was drawn
    """
    with app.tx(scope) as tx:
        identity.demand(tx, identity.Act.MAKE)
        now = draft(tx, draft_id)
        placed = files_of(tx, now) if now.is_post else []
        _demand_complete(now, placed)
        brief, newest, mentions = brief_of(tx, now), versions.newest(tx, draft_id), named_in(tx, now)
    same = newest if newest and is_same(now, newest) and newest.mentions == mentions else None
    if not now.is_post:
        drawn = draw_finished(app, brief)
        if same and _pictures_same(drawn, same):
            return same
        placed = [_store(app, scope, now, picture) for picture in drawn.values()]
    elif same and placed == same.media:
        return same
    with app.tx(scope) as tx:
        held = drafts.lock(tx, draft_id)
        if held is None:
            raise DraftNotFound()
        if held.revision != now.revision:
            raise ChangedMeanwhile()
        version_id = tx.new_id()
        number = versions.insert(tx, version_id, held, brief.fields, placed, mentions)
        identity.audit(tx, "kept version", "draft", draft_id, number=number)
        return version(tx, version_id)


def missing_parts(now: Draft, files: Sequence[Placed] = ()) -> list[str]:
    """
    What a person still has to fill in before anybody can decide, as labels.

    :param files: those of a post from the library; each picture among them has to say what it shows
    """
    design = render.template(now.template)
    missing = [f.label for f in design.fields if f.required and not now.fields.get(f.name, "").strip()]
    silent = [one for one in files if one.is_picture and not one.is_cover and not one.alt_text.strip()]
    is_silent = bool(silent) if now.is_post else not now.alt_text.strip()
    words = (("Caption", not now.caption.strip()), ("Alt text", is_silent))
    return missing + [label for label, is_open in words if is_open]


def _demand_complete(now: Draft, files: Sequence[Placed]) -> None:
    missing = missing_parts(now, files)
    if missing:
        raise NotReady(f"Still empty: {', '.join(missing)}.")


def is_same(now: Draft, newest: Version) -> bool:
    """Whether the draft still says what this version says; brand and pictures are not compared."""
    return (used_fields(now), now.template, now.caption, now.link, now.alt_text, now.name, now.per_channel) == (
        newest.fields,
        newest.template,
        newest.caption,
        newest.link,
        newest.alt_text,
        newest.name,
        newest.per_channel,
    )


def unkept(tx: Tx, now: Draft) -> Version:
    """What a version kept now would be, for checks while composing: drawn pictures have their size and no bytes yet."""
    if now.is_post:
        places = _places(now)
        found = {asset.id: asset for asset in media.find_assets(tx, list(places.values()))}
        files = [_placed(found[one], place, now) for place, one in places.items() if one in found]
    else:
        files = [_undrawn(place, spec, now) for place, spec in render.PLACEMENTS.items()]
    return Version(
        id=now.id,
        draft_id=now.id,
        number=0,
        name=now.name,
        template=now.template,
        fields=now.fields,
        caption=now.caption,
        link=now.link,
        alt_text=now.alt_text,
        media=files,
        per_channel=now.per_channel,
        mentions=named_in(tx, now),
        created_by=now.created_by,
        created_at=now.updated_at,
    )


def _undrawn(place: render.Placement, spec: render.PlacementSpec, now: Draft) -> Placed:
    return Placed(
        placement=place.value,
        asset_id=now.id,
        sha256="",
        file_key="",
        width=spec.width,
        height=spec.height,
        alt_text=now.alt_text,
        content_type="image/jpeg",
    )


def files_of(tx: Tx, now: Draft) -> list[Placed]:
    """The files of a post in their order, then its covers. :raises PictureGone: one of them left the library"""
    places = _places(now)
    found = {asset.id: asset for asset in media.find_assets(tx, list(places.values()))}
    if any(asset_id not in found for asset_id in places.values()):
        raise PictureGone("A chosen file is no longer in the library. Take it out or choose another.")
    return [_placed(found[asset_id], place, now) for place, asset_id in places.items()]


def _places(now: Draft) -> dict[str, UUID]:
    """Which file stands where; a cover that is no file's id was never chosen here."""
    files = {str(place): asset_id for place, asset_id in enumerate(now.media_ids, 1)}
    covers = {COVER + platform: own.get("cover", "") for platform, own in sorted(now.per_channel.items())}
    return files | {place: UUID(text) for place, text in covers.items() if text}


def _placed(asset: media.Asset, placement: str, now: Draft) -> Placed:
    return Placed(
        placement=placement,
        asset_id=asset.id,
        sha256=asset.sha256,
        file_key=asset.file_key,
        width=asset.width,
        height=asset.height,
        alt_text=asset.alt_text or now.alt_text,
        content_type=asset.content_type,
        size_bytes=asset.size_bytes,
        duration_seconds=asset.duration_seconds,
    )


def _pictures_same(drawn: Mapping[render.Placement, render.Rendered], newest: Version) -> bool:
    return {place.value: one.sha256 for place, one in drawn.items()} == {
        placed.placement: placed.sha256 for placed in newest.media
    }


def _store(app: App, scope: Scope, now: Draft, picture: render.Rendered) -> Placed:
    name = f"{now.name} {picture.placement.value}.jpg"
    asset = media.store_rendered(app, scope, now.brand_id, name, picture.content, alt_text=now.alt_text)
    return _placed(asset, picture.placement.value, now).model_copy(update={"alt_text": now.alt_text})


def version(tx: Tx, version_id: UUID) -> Version:
    """:raises VersionNotFound: no such version in this organisation"""
    found = versions.one(tx, version_id)
    if found is None:
        raise VersionNotFound()
    return found


def versions_of(tx: Tx, draft_id: UUID) -> list[Version]:
    """Newest first."""
    return versions.of_draft(tx, draft_id)


def version_before(tx: Tx, later: Version) -> Version | None:
    return versions.before(tx, later.draft_id, later.number)


def restore_version(tx: Tx, version_id: UUID) -> int:
    """Bring a version's words, fields and template back into its draft; returns the draft's new revision. Raises as
    `version` and `draft`."""
    identity.demand(tx, identity.Act.MAKE)
    old = version(tx, version_id)
    draft(tx, old.draft_id)
    identity.audit(tx, "restored version", "draft", old.draft_id, number=old.number)
    words = {"name": old.name, "template": old.template, "caption": old.caption}
    blank = {field.name: "" for field in render.template(old.template).fields}
    return merged(tx, old.draft_id, blank | old.fields, {**words, "link": old.link, "alt_text": old.alt_text})
