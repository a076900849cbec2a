"""Comments on a draft: who writes, who reads, who is meant by a name."""

from uuid import UUID

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import approvals, creative, identity
from services.events import CommentWritten
from tests.makers.cast import Cast
from tests.makers.creative import make_version
from tests.makers.world import World

ANN, ANNA, BEN, BEN_TOO, OLE = (UUID(int=number) for number in range(1, 6))
NAMES = {ANN: "Ann", ANNA: "Ann Marie", BEN: "Ben", BEN_TOO: "Ben", OLE: "Øle (he/him)"}


@pytest.mark.parametrize(
    ("body", "meant"),
    [
        ("@Ann look", [ANN]),
        ("@ann marie, look", [ANNA]),
        ("look, @BEN!", [BEN, BEN_TOO]),
        ("(@Ann) and @Ben", [ANN, BEN, BEN_TOO]),
        ("@Annette is somebody else", []),
        ("write to me@Ben.example", []),
        ("@øle (he/him): yes", [OLE]),
        ("@ Ann", []),
        ("@", []),
        ("Ann", []),
    ],
)
def test_who_is_meant(body: str, meant: list[UUID]) -> None:
    assert approvals.mentioned(body, NAMES) == meant


@given(st.text(alphabet="@ABen nø\n.*+?()[\\", max_size=60))
def test_any_text_means_only_people_whose_name_stands_behind_an_at(body: str) -> None:
    for user_id in approvals.mentioned(body, NAMES):
        assert f"@{NAMES[user_id]}".casefold() in body.casefold()


def test_a_comment_is_read_by_members_with_whom_it_names(world: World, cast: Cast) -> None:
    kept = make_version(world, cast)
    with world.web.tx(cast.ben) as tx:
        made = approvals.comment(tx, kept.draft_id, "  @Ana is the cone new? <b>@Vera</b> ", kept.id)
        assert [event for _, event in tx.take_events()] == [CommentWritten(made)]
    for scope in (cast.ana, cast.ben, cast.vera):
        with world.web.tx(scope) as tx:
            (said,) = approvals.comments_of(tx, kept.draft_id)
    assert said.body == "@Ana is the cone new? <b>@Vera</b>"
    assert (said.written_by_name, said.version_number) == ("Ben", 1)
    assert set(said.mentions) == {cast.ana.user_id, cast.vera.user_id}
    for scope in (cast.cleo, cast.nobody):
        with world.web.tx(scope) as tx:
            assert approvals.comments_of(tx, kept.draft_id) == []
            with pytest.raises(approvals.CommentNotFound):
                approvals.comment_of(tx, made)


def test_a_viewer_an_outsider_the_worker_and_an_empty_comment_are_refused(world: World, cast: Cast) -> None:
    kept = make_version(world, cast)
    for app, scope, body, error in (
        (world.web, cast.vera, "Hello", identity.RoleTooLow),
        (world.web, cast.cleo, "Hello", creative.DraftNotFound),
        (world.worker, cast.worker, "Hello", identity.RoleTooLow),
        (world.web, cast.ben, " \n", approvals.CommentEmpty),
        (world.web, cast.ben, "x" * (approvals.COMMENT_MAX + 1), approvals.CommentEmpty),
    ):
        with pytest.raises(error), app.tx(scope) as tx:
            approvals.comment(tx, kept.draft_id, body)


def test_only_who_wrote_it_takes_it_away(world: World, cast: Cast) -> None:
    kept = make_version(world, cast)
    with world.web.tx(cast.ben) as tx:
        made = approvals.comment(tx, kept.draft_id, "Too early")
    with pytest.raises(approvals.CommentNotFound), world.web.tx(cast.ana) as tx:
        approvals.remove_comment(tx, made)
    with world.web.tx(cast.ben) as tx:
        approvals.remove_comment(tx, made)
        assert approvals.comments_of(tx, kept.draft_id) == []


def test_nobody_writes_in_somebody_elses_name_and_nobody_rewrites_words(world: World, cast: Cast) -> None:
    kept = make_version(world, cast)
    with world.web.tx(cast.ben) as tx:
        made = approvals.comment(tx, kept.draft_id, "As it was")
        for statement in (
            "insert into app.draft_comments (id, org_id, draft_id, body, written_by, written_at) "
            "values (%(new)s, %(org)s, %(draft)s, 'I, Ana', %(ana)s, now())",
            "update app.draft_comments set body = 'Changed' where id = %(id)s",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), tx.connection.transaction():
                values = {"new": tx.new_id(), "org": cast.acme, "draft": kept.draft_id, "id": made}
                tx.run(statement, values | {"ana": cast.ana.user_id})  # type: ignore[arg-type]
