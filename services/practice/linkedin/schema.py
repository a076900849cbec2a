"""Is this a post that LinkedIn would take? Facts: Posts API, MultiImage, September 2026."""

from typing import Any

from services.practice import things
from services.practice.linkedin.errors import (
    LinkedInError,
    Unprocessable,
    bad_value,
    required,
    too_long,
)
from services.practice.linkedin.uploads import status
from services.practice.wire.calls import Call

TEXT_MAX, ALT_MAX, IMAGES_MIN, IMAGES_MAX = 3_000, 4_086, 2, 20
_NEEDED = ("author", "commentary", "visibility", "distribution", "lifecycleState")
_KNOWN = {*_NEEDED, "content", "isReshareDisabledByAuthor"}
_VISIBILITY = {"PUBLIC", "CONNECTIONS", "LOGGED_IN"}
_FEEDS = {"MAIN_FEED", "NONE"}
_FORMS = ("media", "multiImage", "article")
Files = tuple[dict[str, Any], ...]


def check(call: Call, post: Any) -> tuple[str, Files]:
    """The format of a post and the uploads it shows. :raises LinkedInError, Unprocessable: what is wrong with it"""
    if not isinstance(post, dict):
        raise Unprocessable("ERROR :: / :: the body must be a JSON object")
    for name in _NEEDED:
        if name not in post:
            raise required(f"/{name}")
    for name in post:
        if name not in _KNOWN:
            raise Unprocessable(f"ERROR :: /{name} :: unrecognized field found but not allowed")
    _check_terms(post)
    content = post.get("content")
    if content is None:
        if not post["commentary"]:
            raise LinkedInError(400, "MISSING_FIELD", "A post without content needs commentary")
        return "text", ()
    return _check_content(call, str(post["author"]), content)


def _check_terms(post: dict[str, Any]) -> None:
    if not isinstance(post["commentary"], str) or not isinstance(post["author"], str):
        raise Unprocessable("ERROR :: /commentary :: must be a string")
    if len(post["commentary"].encode("utf-16-le", "surrogatepass")) // 2 > TEXT_MAX:
        raise too_long("/commentary", TEXT_MAX)
    if post["visibility"] not in _VISIBILITY:
        raise bad_value("/visibility", f"must be one of {', '.join(sorted(_VISIBILITY))}")
    if post["lifecycleState"] != "PUBLISHED":
        raise bad_value("/lifecycleState", "must be PUBLISHED at creation")
    feed = post["distribution"].get("feedDistribution") if isinstance(post["distribution"], dict) else None
    if feed not in _FEEDS:
        raise bad_value("/distribution/feedDistribution", f"must be one of {', '.join(sorted(_FEEDS))}")


def _check_content(call: Call, author: str, content: Any) -> tuple[str, Files]:
    forms = list(content) if isinstance(content, dict) else []
    if len(forms) != 1 or forms[0] not in _FORMS or not isinstance(content[forms[0]], dict):
        raise Unprocessable("ERROR :: /content :: must be one of " + ", ".join(_FORMS))
    shown = content[forms[0]]
    if forms[0] == "article":
        return "link", _check_article(call, author, shown)
    if forms[0] == "multiImage":
        rows = shown.get("images")
        if not isinstance(rows, list) or not IMAGES_MIN <= len(rows) <= IMAGES_MAX:
            raise bad_value("/content/multiImage/images", f"must hold {IMAGES_MIN} to {IMAGES_MAX} images")
        return "images", tuple(_upload(call, author, row, "image") for row in rows)
    is_video = str(shown.get("id", "")).startswith("urn:li:video:")
    kind = "video" if is_video else "image"
    return kind, (_upload(call, author, shown, kind),)


def _check_article(call: Call, author: str, article: dict[str, Any]) -> Files:
    source, title = article.get("source"), article.get("title")
    if not isinstance(source, str) or not source.startswith(("http://", "https://")):
        raise bad_value("/content/article/source", "must be the address of a page")
    if not isinstance(title, str) or not title:
        raise required("/content/article/title")
    thumbnail = article.get("thumbnail")
    return (_upload(call, author, {"id": thumbnail}, "image"),) if thumbnail else ()


def _upload(call: Call, author: str, row: Any, kind: str) -> dict[str, Any]:
    """The upload that a row shows: there, the author's own, and processed."""
    urn = row.get("id") if isinstance(row, dict) else None
    if not isinstance(urn, str) or not urn.startswith(f"urn:li:{kind}:"):
        raise LinkedInError(400, "INVALID_URN_TYPE", f"{urn} is no URN of type {kind}")
    alt_text = row.get("altText", "")
    if not isinstance(alt_text, str) or len(alt_text) > ALT_MAX:
        raise too_long("/content/media/altText", ALT_MAX)
    thing = things.get(call.world, "linkedin", kind, urn)
    if thing is None:
        raise LinkedInError(400, f"INVALID_{kind.upper()}_ID", f"{urn} does not exist")
    if thing["account"] != author:
        raise bad_value("/author", f"must be the owner of {urn}")
    match status(thing, call.now):
        case "PROCESSING_FAILED":
            raise LinkedInError(400, "MEDIA_ASSET_PROCESSING_FAILED", f"{urn} could not be processed")
        case "AVAILABLE":
            return thing | {"alt_text": alt_text}
    raise LinkedInError(400, "MEDIA_ASSET_WAITING_UPLOAD", f"{urn} is not available yet")
