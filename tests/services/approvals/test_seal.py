"""The seal covers everything that reaches the platform, and nothing else."""

from typing import Any
from uuid import UUID

import pytest

from services import accounts, approvals
from services.approvals import SealedContent, SealedMedia
from services.kit.errors import NotFound
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast
from tests.makers.creative import make_version
from tests.makers.world import World

PICTURE = SealedMedia(
    sha256="a" * 64, alt_text="A cone.", asset_id=UUID(int=1), file_key="k.jpg", width=1080, height=1350,
    content_type="image/jpeg",
)  # fmt: skip
CONTENT = SealedContent(platform="instagram", is_practice=True, target="17", text="Fresh.", media=(PICTURE,))


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Fresh!"},
        {"link": "https://acme.example"},
        {"first_comment": "#cone"},
        {"target": "18"},
        {"platform": "facebook"},
        {"is_practice": False},
        {"settings": {"privacy": "public"}},
        {"media": ()},
        {"media": (PICTURE, PICTURE)},
        {"media": (PICTURE.model_copy(update={"sha256": "b" * 64}),)},
        {"media": (PICTURE.model_copy(update={"alt_text": "Another."}),)},
        {"cover": PICTURE},
    ],
)
def test_whatever_reaches_the_platform_changes_the_seal(change: dict[str, Any]) -> None:
    assert CONTENT.model_copy(update=change).seal() != CONTENT.seal()


def test_the_order_of_pictures_is_part_of_it() -> None:
    other = PICTURE.model_copy(update={"sha256": "b" * 64})
    one, two = (CONTENT.model_copy(update={"media": media}) for media in ((PICTURE, other), (other, PICTURE)))
    assert one.seal() != two.seal()


def test_where_our_bytes_lie_is_no_part_of_it() -> None:
    moved = PICTURE.model_copy(update={"file_key": "elsewhere.jpg", "asset_id": UUID(int=2)})
    assert CONTENT.model_copy(update={"media": (moved,)}).seal() == CONTENT.seal()


def test_a_seal_survives_being_stored() -> None:
    assert SealedContent.model_validate(CONTENT.model_dump(mode="json")).seal() == CONTENT.seal()


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("", ""),
        ("  ", ""),
        ("https://acme.example", "https://acme.example?utm_content="),
        ("https://acme.example/a?utm_source=ig&b=", "https://acme.example/a?utm_source=ig&b=&utm_content="),
        ("https://acme.example/a?utm_content=old#top", "https://acme.example/a?utm_content="),
    ],
)
def test_a_link_carries_our_mark_once_and_keeps_the_rest(link: str, expected: str) -> None:
    marked = approvals.tracked(link, UUID(int=1), UUID(int=2))
    assert marked.startswith(expected) and marked.count("utm_content") == bool(expected)
    assert marked.endswith("#top") == link.endswith("#top")


def test_the_mark_is_the_same_each_time_and_another_per_channel() -> None:
    marks = [approvals.tracked("https://a.example", UUID(int=1), UUID(int=channel)) for channel in (2, 2, 3)]
    assert marks[0] == marks[1] != marks[2]


def test_each_platform_gets_the_picture_in_its_shape(world: World, cast: Cast) -> None:
    version = make_version(world, cast, link="https://acme.example")
    for platform, (width, height) in {"instagram": (1080, 1350), "facebook": (1080, 1080)}.items():
        channel = make_channel(world, cast, platform)
        with world.web.tx(cast.ana) as tx:
            content = approvals.content_for(tx, version.id, channel)
        (picture,) = content.media
        assert (picture.width, picture.height, picture.content_type) == (width, height, "image/jpeg")
        assert content.text == f"{version.caption}\n\n{content.link}"


def test_a_version_without_the_picture_a_platform_needs_is_not_sealed(world: World, cast: Cast) -> None:
    version, channel = make_version(world, cast), make_channel(world, cast)
    with world.web.tx(cast.ana) as tx:
        target = accounts.channel(tx, channel)
    with pytest.raises(approvals.PictureMissing):
        approvals.compose(version.model_copy(update={"media": []}), target)


def test_cleo_seals_nothing_of_acme(world: World, cast: Cast) -> None:
    version, channel = make_version(world, cast), make_channel(world, cast)
    with pytest.raises(NotFound), world.web.tx(cast.cleo) as tx:
        approvals.content_for(tx, version.id, channel)
