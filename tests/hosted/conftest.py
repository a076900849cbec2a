"""Hosted mode on every server there is: a project per server, and one whole Loopdesk on the last of them."""

from collections.abc import Iterator

import pytest

from tests.hosted import desk, project, supabase

_MARKED = [pytest.param(one, marks=[pytest.mark.postgres15] if one == "postgres15" else []) for one in project.SERVERS]


@pytest.fixture(scope="module", params=_MARKED)
def operator(request: pytest.FixtureRequest) -> Iterator[str]:
    """The operator's address of a project nothing was released to."""
    with project.running(request.param) as address:
        yield address


@pytest.fixture(scope="module", params=_MARKED[-1:])
def hosted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[desk.Desk]:
    """A Loopdesk that nobody has set up, on the oldest server present."""
    with project.running(request.param) as operator, supabase.running(project.as_auth_server(operator)) as services:
        with desk.running(operator, services, tmp_path_factory.mktemp("hosted")) as made:
            yield made
