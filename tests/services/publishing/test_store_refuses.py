"""A store that has lost a file, or refuses it to us, holds the post with a plain sentence; nothing breaks."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from services import publishing
from services.kit.files import FileForbidden, FileMissing
from services.publishing import PostState, Reason
from tests.makers.publishing import Studio


class _Refusing:
    """The store, but some of its acts end in an error; `lasting` times an act works before that."""

    def __init__(self, files: Any, error: Exception, *acts: str, lasting: int = 0) -> None:
        self._files, self._error, self._acts, self._left = files, error, acts, lasting

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name not in self._acts:
            return getattr(self._files, name)  # type: ignore[no-any-return]
        if self._left:
            self._left -= 1
            return getattr(self._files, name)  # type: ignore[no-any-return]
        raise self._error


def _with_store(studio: Studio, error: Exception, *acts: str, lasting: int = 0) -> Studio:
    files = _Refusing(studio.app.files, error, *acts, lasting=lasting)
    return replace(studio, app=replace(studio.app, files=files))


@pytest.mark.parametrize("platform", ["instagram", "facebook"])
def test_a_file_that_vanished_before_its_address_was_made_holds_the_post(studio: Studio, platform: str) -> None:
    held = _with_store(studio, FileMissing(), "url").step(studio.plan(platform))
    assert (held.state, held.reason_class) == (PostState.HELD, Reason.SEAL)
    assert "no longer stored. A new approval is needed" in held.reason


@pytest.mark.parametrize("act", ["open", "url"])
def test_a_store_that_refuses_the_file_holds_the_post_until_somebody_tries_again(studio: Studio, act: str) -> None:
    post = studio.plan("facebook")
    held = _with_store(studio, FileForbidden(), act).step(post)
    assert (held.state, held.reason_class) == (PostState.HELD, Reason.MEDIA)
    assert "refuses" in held.reason and "try again" in held.reason
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.try_again(tx, post.id)
    assert studio.settle(post).state is PostState.PUBLISHED
