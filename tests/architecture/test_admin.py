"""Who may act across organisations: every caller of admin_tx, with its reason."""

import ast

from tests.architecture.source import python_files, short, tree_of

CALLERS = {
    "pages/system.py": "reads versions and queue health, no organisation's rows",
    "services/accounts/by_token.py": "a sign-in of the person's own, after their role and the brand were checked",
    "services/accounts/choose.py": "reads the sealed offer of the person's own sign-in",
    "services/accounts/connect.py": "one-time state of a sign-in; checks person, organisation and brand",
    "services/accounts/renewal.py": "renews a sealed token after the channel was read in scope",
    "services/accounts/resealing.py": "seals tokens of every organisation again when the key changes",
    "services/accounts/sealing.py": "reads a sealed token together with its channel, which is read in scope",
    "services/accounts/store.py": "writes sealed tokens, which no organisation's scope can reach",
    "services/api/figures.py": "counts what waits over all organisations, without naming one",
    "services/api/health.py": "asks the database whether it answers",
    "services/api/set_up.py": "founds the organisation before anybody is a member",
    "services/backups/kinds.py": "asks how large the database is, of no organisation",
    "services/backups/service.py": "writes down which backups there are, of no organisation",
    "services/identity/invitations.py": "the invited person is not a member yet",
    "services/identity/members.py": "ends the sessions of a removed member",
    "services/identity/passwords.py": "passwords and links belong to people, not organisations",
    "services/identity/providers/embedded.py": "passwords belong to people, not organisations",
    "services/identity/sessions.py": "finds who is signed in before the scope is known",
    "services/identity/set_up.py": "founds the organisation before anybody is a member",
    "services/identity/sign_in.py": "finds the person before the scope is known",
    "services/jobs/readiness.py": "asks whether database, queue, migrations and clockwork are there",
    "services/jobs/kinds/purge.py": "old jobs and runs belong to no organisation; counting is shown to those who may",
    "services/jobs/desk.py": "schedules, starts and runs of the installation, for those who may see the system",
    "services/jobs/schedules/firing.py": "claims due schedules of every organisation",
    "services/pipelines/watching.py": "alerts are written by the clockwork only, for every organisation",
    "services/jobs/runs/rescue.py": "takes up the jobs of dead workers of every organisation",
    "services/jobs/starts/running.py": "runs the installation's own starts",
    "services/jobs/starts/sweeps.py": "finds starts of every organisation whose job is gone",
    "services/jobs/sweeps.py": "signs of life and old jobs belong to no organisation",
    "services/media/reach.py": "whether platforms reach our files is a fact of the installation",
    "services/notifications/outlets.py": "sealed addresses of outlets, after role and outlet were read in scope",
    "services/notifications/planning.py": "sends off what is due in every organisation",
    "services/notifications/upkeep.py": "ends lost deliveries and forgets old tellings of every organisation",
    "services/publishing/feed.py": "finds whose calendar an address is before the scope is known",
    "services/publishing/kinds.py": "counts what is due in every organisation before it is released",
    "services/publishing/proof.py": "what came with the code belongs to no organisation",
    "services/publishing/release.py": "claims due posts of every organisation",
    "worker/announce.py": "asks whether a worker lives",
    "worker/figures.py": "counts jobs and posts over all organisations, without naming one",
    "worker/clockwork.py": "sweeps claim rows of every organisation",
}


def test_every_caller_across_organisations_is_listed_with_its_reason() -> None:
    callers = {
        short(file)
        for file in python_files("services", "worker", "pages", "app.py")
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "admin_tx"
        if not short(file).startswith("services/kit/")
    }
    assert callers - set(CALLERS) == set()
    assert set(CALLERS) - callers == set()
