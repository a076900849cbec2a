"""LinkedIn through the worker's own steps: proof where a page can be read, a person's word where nothing can."""

import pytest

from services import publishing
from services.publishing import PostState, Reason
from tests.makers.accounts import make_channel
from tests.makers.linkedin import ACME, ROBIN, SCOPES
from tests.makers.publishing import Studio


def _connect(studio: Studio, account: str) -> None:
    token = studio.practice.token("linkedin", SCOPES, ROBIN)
    make_channel(studio.world, studio.cast, "linkedin", token=token, remote_id=account)


def _lose(studio: Studio, **terms: object) -> publishing.Post:
    """A post whose answer was lost; by then it waits for a look."""
    kind = str(terms.pop("kind", "lose_reply"))
    studio.practice.fault(kind, match="/rest/posts", method="POST", count=1, **terms)
    post = studio.plan("linkedin")
    now = studio.step(post)
    for _ in range(20):
        if now.state is PostState.UNCONFIRMED:
            return now
        now = studio.wait_and_step(post)
    raise AssertionError(now.state)


def _ask(studio: Studio, post: publishing.Post) -> publishing.Post:
    """Look until a person is asked."""
    for _ in range(5):
        post = studio.wait_and_step(post)
    assert (post.state, post.reason_class) == (PostState.UNCONFIRMED, Reason.UNPROVEN)
    return post


@pytest.mark.parametrize("account", [ACME, ROBIN])
def test_an_ad_goes_out_once(studio: Studio, account: str) -> None:
    _connect(studio, account)
    done = studio.settle(studio.plan("linkedin"), most=40)
    [taken] = studio.practice.accepted("linkedin")
    assert (done.state, done.remote_id, taken["account"]) == (PostState.PUBLISHED, taken["id"], account)
    assert done.permalink is not None and done.permalink.endswith(f"/linkedin/feed/update/{taken['id']}/")


def test_a_pages_post_with_a_lost_answer_is_found(studio: Studio) -> None:
    _connect(studio, ACME)
    done = studio.wait_and_step(_lose(studio))
    [taken] = studio.practice.accepted("linkedin")
    assert (done.state, done.remote_id) == (PostState.PUBLISHED, taken["id"])


def test_a_members_post_with_a_lost_answer_is_a_persons_to_confirm(studio: Studio) -> None:
    _connect(studio, ROBIN)
    post = _ask(studio, _lose(studio))
    [taken] = studio.practice.accepted("linkedin")
    app, ana = studio.web_app, studio.cast.ana
    with pytest.raises(publishing.AddressWrong):
        publishing.confirm_there(app, ana, post.id, "https://www.example.com/feed/update/urn:li:share:5")
    publishing.confirm_there(app, ana, post.id, taken["id"])
    assert (studio.read(post).state, studio.read(post).remote_id) == (PostState.PUBLISHED, taken["id"])


def test_a_person_who_is_wrong_about_a_member_does_not_double_the_post(studio: Studio) -> None:
    _connect(studio, ROBIN)
    studio.practice.settings(linkedin_repeat_seconds=86_400)
    post = _ask(studio, _lose(studio))
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.confirm_absent(tx, post.id)
    again = studio.step(post)
    assert again.state is PostState.UNCONFIRMED and "repeat" in again.reason
    assert len(studio.practice.accepted("linkedin")) == 1


def test_a_page_whose_person_is_wrong_learns_that_it_was_there(studio: Studio) -> None:
    _connect(studio, ACME)
    studio.practice.settings(linkedin_repeat_seconds=86_400)
    studio.practice.fault("http", match="/rest/posts", method="GET", status=503)
    post = _ask(studio, _lose(studio))
    studio.practice.clear_faults()
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.confirm_absent(tx, post.id)
    done = studio.settle(post)
    [taken] = studio.practice.accepted("linkedin")
    assert (done.state, done.remote_id) == (PostState.PUBLISHED, taken["id"])


def test_two_posts_with_equal_words_never_claim_the_same_post(studio: Studio) -> None:
    _connect(studio, ACME)
    first, second = _lose(studio), _lose(studio)
    ends = [studio.settle(post) for post in (first, second)]
    assert {end.state for end in ends} == {PostState.PUBLISHED}
    assert len({end.remote_id for end in ends}) == 2 == len(studio.practice.accepted("linkedin"))
