"""What kind of file this is and what its first rows say, before anything is stored."""

from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from services.research.collectors import meta_ads_csv, meta_ads_json, meta_report_csv, posts_table
from services.research.errors import FileTooLarge, NoRows, UnreadableFile
from services.research.models import ImportKind, Layout
from services.research.reading import encoding as encodings
from services.research.reading.records import Record, flat, json_records
from services.research.reading.tables import BrokenOff, plain, shape_of

MOST_BYTES = 1 << 30
SAMPLE_CHARACTERS = 256 << 10
SAMPLE_RECORDS = 200
_BREAKDOWNS = frozenset({"percentage"})
_PEOPLE = frozenset({"comment_id", "comment_text", "commenter", "parent_comment_id"})


def detect(stream: BinaryIO, file_name: str) -> Layout:
    """
    Recognise the file by its content; its name only helps to guess a platform. Leaves the stream at its start.

    :raises UnreadableFile: no table and no ads, with the reason
    :raises NoRows: a header alone
    :raises FileTooLarge: over 1 GB
    """
    if stream.seek(0, 2) > MOST_BYTES:
        raise FileTooLarge()
    encoding = encodings.encoding_of(stream)
    try:
        sample = _sample(stream, encoding)
        if sample.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
            return _json(stream, encoding, file_name)
        return _table(sample, encoding, file_name)
    finally:
        stream.seek(0)


def _sample(stream: BinaryIO, encoding: str) -> str:
    """The first part of the text; of a longer file, whole lines only."""
    sample, whole = "", True
    for piece in encodings.pieces(stream, encoding):
        sample += piece
        if len(sample) > SAMPLE_CHARACTERS:
            sample, whole = sample[:SAMPLE_CHARACTERS], False
            break
    return sample if whole else sample[: sample.rfind("\n") + 1] or sample


def _table(sample: str, encoding: str, file_name: str) -> Layout:
    shape = shape_of(sample)
    names = {plain(column) for column in shape.columns}
    found = {
        "encoding": encoding,
        "delimiter": shape.delimiter,
        "header_row": shape.header_row,
        "columns": shape.columns,
    }
    if meta_ads_csv.fits(shape.columns):
        used = meta_ads_csv.columns_used(shape.columns)
        return Layout(kind=ImportKind.META_ADS, collector=meta_ads_csv.NAME, fields=used, **found)
    if meta_report_csv.fits(shape.columns):
        used = meta_report_csv.columns_used(shape.columns)
        return Layout(kind=ImportKind.META_REPORT, collector=meta_report_csv.NAME, fields=used, **found)
    if names & _PEOPLE:
        raise UnreadableFile("These are comments by people. They are not imported")
    if names & _BREAKDOWNS and "ad_id" in names:
        raise UnreadableFile("This table breaks ads down by audience and holds no ads. Import the table of the ads")
    return Layout(
        kind=ImportKind.POSTS,
        collector=posts_table.NAME,
        fields=posts_table.suggested(shape.columns),
        platform=posts_table.platform_of(file_name, sample[:20_000]),
        **found,
    )


def _json(stream: BinaryIO, encoding: str, file_name: str) -> Layout:
    stream.seek(0)
    try:
        records = [record for _, record in islice(json_records(encodings.pieces(stream, encoding)), SAMPLE_RECORDS)]
    except BrokenOff as broken:
        if broken.row_number == 1:
            raise UnreadableFile(f"This JSON {broken.message}") from None
        stream.seek(0)
        records = list(_before_break(stream, encoding))
    if not records:
        raise NoRows("The file is in order, but holds no ads")
    if any(meta_ads_json.fits(record) for record in records):
        fields = {name: column for record in records for name, column in meta_ads_json.columns_used(record).items()}
        columns = tuple(dict.fromkeys(name for record in records for name in record))
        return Layout(
            kind=ImportKind.META_ADS, collector=meta_ads_json.NAME, encoding=encoding, columns=columns, fields=fields
        )
    return _posts(records, encoding, file_name)


def _before_break(stream: BinaryIO, encoding: str) -> Iterator[Record]:
    try:
        for _, record in json_records(encodings.pieces(stream, encoding)):
            yield record
    except BrokenOff:
        return


def _posts(records: list[Record], encoding: str, file_name: str) -> Layout:
    rows = [flat(record) for record in records]
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    fields = posts_table.suggested(columns)
    if any("comment_id=" in str(row.get("permalink_url", "")) for row in rows) or set(columns) <= {
        "id", "text", "timestamp", "username", "like_count", "replies.data", "hidden",
    }:  # fmt: skip
        raise UnreadableFile("These are comments by people. They are not imported")
    if not fields.keys() & {"text", "title", "link"}:
        raise UnreadableFile("No ads or posts were found in this JSON")
    sample = " ".join(str(row.get(fields.get("link", ""), "")) for row in rows)
    return Layout(
        kind=ImportKind.POSTS,
        collector=posts_table.NAME,
        encoding=encoding,
        columns=columns,
        fields=fields,
        platform=posts_table.platform_of(file_name, sample),
    )
