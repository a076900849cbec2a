"""The stage of imports: rows of files become ads and posts."""

from datetime import datetime

from services import pipelines
from services.kit.db import Tx
from services.kit.text import counted

_WORKS = """
select null::uuid as brand_id, created_at as came_at, finished_at as ended_at,
  case state when 'done' then true when 'failed' then false end as is_good, rows_done::bigint as came,
  (rows_added + rows_changed + rows_same)::bigint as went_on, rows_wrong::bigint as rejected
from app.imports where state <> 'cancelled' and (created_at >= %(since)s or state in ('waiting', 'running'))
"""
_REJECTS = """
select i.file_name, e.row_number, e.field, e.message, i.created_at from app.import_errors e
join app.imports i on i.id = e.import_id where i.created_at >= %(since)s and %(brand)s::uuid is null
order by i.created_at desc, i.id, e.row_number, e.field limit %(most)s
"""
_SUMS = """
select file_name, created_at, rows_done, rows_added + rows_changed + rows_same, rows_wrong from app.imports
where state = 'done' and created_at >= %(since)s and %(brand)s::uuid is null
  and rows_added + rows_changed + rows_same + rows_wrong <> rows_done
order by created_at desc limit %(most)s
"""
_UNTOLD = """
select i.file_name, i.created_at, i.rows_wrong from app.imports i
where i.state = 'done' and i.rows_wrong > 0 and i.created_at >= %(since)s and %(brand)s::uuid is null
  and not exists (select from app.import_errors e where e.import_id = i.id)
order by i.created_at desc limit %(most)s
"""


def _marks(tx: Tx) -> list[pipelines.Mark]:
    rows = tx.tuples(
        "select source, max(seen_at), count(*), count(*) filter (where problem <> '') from app.watched_files "
        "group by source order by source",
        {},
    )
    return [
        pipelines.Mark(
            name=source,
            title=source.replace("folder/", "Folder ", 1) if source.startswith("folder/") else source.partition("/")[2],
            upto=seen,
            said=f"{counted(count, 'file')} seen" + (f", {left:,} left out" if left else ""),
        )
        for source, seen, count, left in rows
    ]


def _look_again(tx: Tx, source: str, since: datetime) -> int:
    return tx.run(
        "update app.watched_files set mark = '' where source = %(source)s and seen_at >= %(since)s "
        "and source like 'folder/%%' and mark <> ''",
        {"source": source, "since": since},
    ) + tx.run(
        "update app.watched_files set mark = '{}' where source = %(source)s and seen_at >= %(since)s "
        "and source not like 'folder/%%' and mark <> '{}'",
        {"source": source, "since": since},
    )


IMPORT = pipelines.Stage(
    name="import",
    title="Import",
    help="Rows of files that people upload or that a schedule finds become competitors' ads and posts.",
    icon="upload_file",
    reach="organisation",
    path="/imports",
    takes="rows",
    targets=pipelines.Targets(fresh_seconds=600, success_ratio=0.95, p95_seconds=600),
    works=_WORKS,
    rejects=pipelines.Table(("File", "Row", "Field", "What is wrong", "Imported at"), _REJECTS),
    checks=(
        pipelines.Check(
            "rows_add_up",
            "Rows taken and refused are the rows read",
            "A row that was read is new, changed, the same, or refused. Where this does not add up, rows were lost.",
            pipelines.Table(("File", "Imported at", "Read", "Taken", "Refused"), _SUMS),
        ),
        pipelines.Check(
            "refusals_are_told",
            "Every import that refused rows says which",
            "The first 1,000 refused rows of an import are kept with the reason. One that kept none cannot say.",
            pipelines.Table(("File", "Imported at", "Refused"), _UNTOLD),
        ),
    ),
    task="research.run_import",
    kinds=("import_watched",),
    marks=_marks,
    reset=_look_again,
    reset_help="Files seen since then are looked at again when the schedule next runs. One that was imported whole is "
    "recognised and left as it is; one that failed or was left out is tried again. Nothing is deleted or doubled.",
)
