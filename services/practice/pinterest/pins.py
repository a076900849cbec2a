"""`POST /pins`: the call that cannot be taken back. Lengths and sources: OpenAPI 5.23.0."""

import base64
import binascii
from typing import Any
from urllib.parse import urlsplit

from starlette.responses import JSONResponse, Response

from services.practice import accepted, images
from services.practice.accepted import Post
from services.practice.pinterest.access import own_account, writes_left
from services.practice.pinterest.boards import board_of
from services.practice.pinterest.errors import PinterestError, invalid, missed, over_quota
from services.practice.pinterest.media import media_of, status_of
from services.practice.pinterest.reading import pin_node
from services.practice.wire.calls import Call

IMAGE_BYTES_MAX = 20 * 1024 * 1024
_LENGTHS = {"title": 100, "description": 800, "alt_text": 500, "link": 2_048}
_COVERS = ("cover_image_url", "cover_image_data", "cover_image_key_frame_time")


def make_pin(call: Call) -> Response:
    """One pin on one board; 201. :raises PinterestError: 400 schema or media, 401, 403 trial, 404 board, 429 quota"""
    account = own_account(call, "boards:read", "boards:write", "pins:read", "pins:write")
    if call.world.setting("pinterest_trial"):
        raise PinterestError(403, 29, "Your app has Trial access. Use the API Sandbox to create pins.")
    if not isinstance(call.json, dict):
        raise invalid("the body must be a JSON object")
    words = _words(call.json)
    board = board_of(call, account.id, _text(call.json, "board_id", needed=True))
    source = call.json.get("media_source")
    if not isinstance(source, dict):
        raise missed("media_source")
    kind, sha256 = _media(call, account.id, source)
    cover = _cover(call, source) if kind == "video" else {}
    if call.fault("quota") or not writes_left(call):
        raise over_quota()
    with call.world.store.act():
        number = f"8137{call.world.store.next_number('pin'):014d}"
        post = Post(
            id=number,
            platform="pinterest",
            account=account.id,
            caption=words["description"],
            alt_text=words["alt_text"],
            image_sha256=sha256,
            created_at=call.world.now(),
            format=kind,
            media=(sha256,),
            details={"board": board["id"], "title": words["title"], "link": words["link"], **cover},
            path=f"/pinterest/pin/{number}/",
        )
        accepted.add(call.world, post)
    return JSONResponse(pin_node(post), status_code=201)


def _words(body: dict[str, Any]) -> dict[str, str]:
    words = {}
    for name, most in _LENGTHS.items():
        words[name] = _text(body, name)
        if len(words[name]) > most:
            raise invalid(f"{name} is longer than {most} characters")
    if words["link"] and urlsplit(words["link"]).scheme not in ("http", "https"):
        raise invalid("link is no web address")
    return words


def _media(call: Call, account: str, source: dict[str, Any]) -> tuple[str, str]:
    """The kind of pin and the sha256 of its file."""
    match source.get("source_type"):
        case "image_base64":
            return "image", _sent_picture(call, source)
        case "image_url":
            return "image", _fetched_picture(call, source)
        case "video_id":
            return "video", _video(call, account, source)
    raise invalid("media_source must be one of image_base64, image_url, video_id; others are not practised here")


def _cover(call: Call, source: dict[str, Any]) -> dict[str, str]:
    """What is shown before the clip plays: a picture, else the second."""
    if "cover_image_data" in source:
        return {"cover": _sent_picture(call, source, "cover_image_content_type", "cover_image_data")}
    if "cover_image_url" in source:
        return {"cover": _fetched_picture(call, source, "cover_image_url")}
    return {"cover_second": str(source["cover_image_key_frame_time"])}


def _sent_picture(call: Call, source: dict[str, Any], type_name: str = "content_type", name: str = "data") -> str:
    kind = _text(source, type_name, needed=True)
    if kind not in ("image/jpeg", "image/png"):
        raise invalid(f"{type_name} must be image/jpeg or image/png")
    try:
        body = base64.b64decode(_text(source, name, needed=True), validate=True)
    except (binascii.Error, ValueError) as problem:
        raise invalid(f"{name} is not base64") from problem
    return _kept(call, body, kind)


def _fetched_picture(call: Call, source: dict[str, Any], name: str = "url") -> str:
    try:
        fetched = images.fetch(call.world, _text(source, name, needed=True), limit_bytes=IMAGE_BYTES_MAX)
    except images.NotFetched as problem:
        raise invalid("Unable to reach the URL. Please check the URL is correct and try again.") from problem
    return _kept(call, fetched.body, fetched.content_type)


def _kept(call: Call, body: bytes, kind: str) -> str:
    if len(body) > IMAGE_BYTES_MAX:
        raise invalid("the image is larger than 20 MB")
    try:
        picture = images.measure(body)
    except images.NotAPicture as problem:
        raise invalid("the image cannot be read") from problem
    if picture.content_type != kind:
        raise invalid(f"the image is {picture.content_type}, not {kind}")
    return images.keep(call.world, picture, body)


def _video(call: Call, account: str, source: dict[str, Any]) -> str:
    media = media_of(call, account, _text(source, "media_id", needed=True))
    status = status_of(media, call.now)
    if status != "succeeded":
        raise invalid(f"media {media['id']} is {status}")
    if sum(name in source for name in _COVERS) != 1:
        raise invalid("a video needs one cover: cover_image_url, cover_image_data or cover_image_key_frame_time")
    moment = source.get("cover_image_key_frame_time", 0)
    if isinstance(moment, bool) or not isinstance(moment, int | float) or not 0 <= moment < media["seconds"]:
        raise invalid("cover_image_key_frame_time must be a second of the video")
    return str(media["sha256"])


def _text(body: dict[str, Any], name: str, *, needed: bool = False) -> str:
    value = body.get(name, "")
    if not isinstance(value, str):
        raise invalid(f"{name} must be a string")
    if needed and not value:
        raise missed(name)
    return value
