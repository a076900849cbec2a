"""What watching has seen."""

from uuid import UUID

from services.kit.db import Tx, json_value
from services.research.models import Layout


def marks(tx: Tx, source: str) -> dict[str, str]:
    """The mark of every file seen there, by name."""
    return dict(tx.tuples("select name, mark from app.watched_files where source = %(source)s", {"source": source}))


def put(tx: Tx, source: str, name: str, mark: str, *, import_id: UUID | None = None, problem: str = "") -> None:
    tx.run(
        "insert into app.watched_files (org_id, source, name, mark, problem, import_id, seen_at) "
        "values (%(org)s, %(source)s, %(name)s, %(mark)s, %(problem)s, %(import)s, %(now)s) "
        "on conflict (org_id, source, name) do update set mark = excluded.mark, problem = excluded.problem, "
        "import_id = coalesce(excluded.import_id, watched_files.import_id), seen_at = excluded.seen_at",
        {
            "org": tx.org_id,
            "source": source,
            "name": name,
            "mark": mark,
            "problem": problem,
            "import": import_id,
            "now": tx.now,
        },
    )


def layout_before(tx: Tx, columns: tuple[str, ...]) -> Layout | None:
    """How a person mapped the last finished table of posts with these columns."""
    found = tx.value(
        "select mapping from app.imports where kind = 'posts' and state = 'done' "
        "and mapping -> 'columns' = %(columns)s order by created_at desc limit 1",
        {"columns": json_value(list(columns))},
    )
    return Layout.model_validate(found) if found else None
