"""Which file is what: every real export, every encoding, and everything that is no export."""

import io
import zipfile
from pathlib import Path

import pytest

from services import research
from services.research.models import ImportKind
from tests.makers.research import ADS_CSV, FIXTURES, POSTS_CSV, ads_file, answer_file, csv_file, layout_of

REPORT = "meta_ad_library_report/FacebookAdLibraryReport_2022-11-18_TH_yesterday_"


def _preview(data: bytes, name: str = "ads.csv", **changes: object) -> research.Preview:
    return research.preview(io.BytesIO(data), layout_of(data, name, **changes))


@pytest.mark.parametrize(
    ("file", "kind", "owner", "checked", "wrong"),
    [
        (ADS_CSV, ImportKind.META_ADS, "", 100, 0),
        (POSTS_CSV, ImportKind.POSTS, "", 247, 0),
        (REPORT + "advertisers.csv", ImportKind.META_REPORT, "", 96, 0),
        (REPORT + "region_Bangkok.csv", ImportKind.META_REPORT, "", 64, 0),
        ("facebook_post_metrics/dataset_Facebook.csv", ImportKind.POSTS, "A cosmetics brand", 500, 0),
        ("superbowl_ads/superbowl-ads.csv", ImportKind.POSTS, "", 244, 0),
        ("youtube_trending/USvideos_original_columns_25.csv", ImportKind.POSTS, "", 25, 0),
        ("youtube_trending/USvideos_reduced_2500.csv", ImportKind.POSTS, "Trending", 1_000, 0),
        ("graph/facebook_feed.json", ImportKind.POSTS, "A page", 5, 0),
        ("graph/instagram_medias.json", ImportKind.POSTS, "An account", 2, 0),
        ("graph/instagram_hashtag.json", ImportKind.POSTS, "A hashtag", 25, 0),
    ],
)
def test_every_real_export_is_recognised_and_reads_without_a_wrong_row(
    file: Path | str, kind: ImportKind, owner: str, checked: int, wrong: int
) -> None:
    path = FIXTURES / file
    found = _preview(path.read_bytes(), path.name, advertiser=owner)
    assert (found.layout.kind, found.wrong, found.problems) == (kind, wrong, ())
    assert found.checked == checked and len(found.rows) == min(20, checked)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (REPORT + "locations.csv", "lists places, not advertisers"),
        ("meta_ad_library_api/fb_ads_demos.csv", "breaks ads down by audience"),
        ("meta_ad_library_api/fb_ads_regions.csv", "breaks ads down by audience"),
        ("graph/facebook_comments.json", "comments by people"),
        ("graph/instagram_comments.json", "comments by people"),
        ("graph/facebook_pages.json", "No ads or posts were found"),
        ("graph/instagram_profile.json", "No ads or posts were found"),
        ("meta_ad_library_api/LICENSE.txt", "No columns were found"),
    ],
)
def test_what_holds_no_ads_is_refused_with_the_reason(file: str, sentence: str) -> None:
    with pytest.raises(research.UnreadableFile, match=sentence):
        layout_of((FIXTURES / file).read_bytes(), Path(file).name)


def _workbook() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("xl/workbook.xml", "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This file is empty"),
        (b"\xef\xbb\xbf \r\n", "This file is empty"),
        (_workbook(), "Unpack it, or save the sheet as CSV"),
        (b"%PDF-1.7 ...", "This is a PDF"),
        (b"\x89PNG\r\n\x1a\n....", "This is a picture"),
        (b"<!DOCTYPE html><html>Log in</html>", "This is a web page"),
        (bytes(range(32)) * 50, "not a text file"),
        (b"hello\nworld\n", "No columns were found"),
        (b"1,2,3\n4,5,6\n", "No header was found"),
        (b'{"data": [{"id": "1", ', "This JSON is damaged or cut off"),
        (b'{"error": {"message": "expired", "code": 190}}', "an error answer"),
    ],
)
def test_the_wrong_kind_of_file_is_told_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(research.UnreadableFile, match=sentence):
        layout_of(data)


@pytest.mark.parametrize("data", [b"id,page_id,ad_creative_body,spend\n", b"id;page_id\n\n;;\n", answer_file()])
def test_a_file_without_rows_says_so(data: bytes) -> None:
    with pytest.raises(research.NoRows):
        layout_of(data)


@pytest.mark.parametrize(
    ("encoding", "spoken"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8 with BOM"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16 LE"),
     ("utf-16-be", "UTF-16 BE"), ("cp1252", "Windows-1252"), ("latin-1", "Windows-1252")],
)  # fmt: skip
def test_every_encoding_gives_the_same_rows(encoding: str, spoken: str) -> None:
    text = ads_file(5, page_name="Größe Café", ad_creative_body="Ein Satz, über Schuhe\nmit Zeilen").decode()
    found = _preview(text.encode(encoding))
    assert research.spoken_encoding(found.layout.encoding) == spoken
    assert [row["owner_name"] for row in found.rows] == ["Größe Café"] * 5
    assert found.rows[0]["bodies"] == "Ein Satz, über Schuhe\nmit Zeilen"


def test_bytes_windows_does_not_know_are_read_as_latin_1() -> None:
    data = ads_file(2, page_name="Caf\xe9 \x81").decode().encode("latin-1")
    assert layout_of(data).encoding == "latin-1"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("before", ["", "\n\n", "Exported 2026-11-20\n\n"])
def test_delimiter_and_header_are_found(delimiter: str, before: str) -> None:
    rows = [
        {"id": str(10**14 + number), "page_id": "7", "ad_creative_body": f"a, b; {number}", "spend": "≤100"}
        for number in range(9)
    ]
    found = _preview(before.encode() + csv_file(rows, delimiter))
    assert (found.layout.delimiter, found.layout.header_row) == (delimiter, 1 + before.count("\n"))
    assert found.rows[3]["bodies"] == "a, b; 3" and found.wrong == 0
    assert (found.rows[0]["spend_lower"], found.rows[0]["spend_upper"]) == ("0", "100")


def test_a_spreadsheets_own_hint_names_the_delimiter() -> None:
    assert layout_of(b"sep=;\r\n" + csv_file([{"post id": "a", "text": "x, y"}], ";")).delimiter == ";"


def test_old_and_new_field_names_mean_the_same() -> None:
    old = {"ad_id": "1", "page_id": "2", "page_name": "P", "ad_creative_body": "B", "ad_creative_link_title": "T",
           "funding_entity": "P", "impressions_min": "0", "impressions_max": "99",
           "ad_delivery_start_time": "2026-01-02"}  # fmt: skip
    new = {"ad_archive_id": "1", "page_id": "2", "page_name": "P", "ad_creative_bodies": '["B"]', "bylines": "P",
           "ad_creative_link_titles": '["T"]', "impressions": "lower_bound: 0, upper_bound: 99",
           "ad_delivery_start_time": "2026-01-02"}  # fmt: skip
    objects = {
        **new,
        "ad_creative_bodies": ["B"],
        "ad_creative_link_titles": ["T"],
        "impressions": {"lower_bound": "0", "upper_bound": "99"},
    }
    rows = [_preview(data).rows[0] for data in (csv_file([old]), csv_file([new]), answer_file(objects))]
    assert [row.pop("row_number") for row in rows] == ["2", "2", "1"]
    assert rows[0] == rows[1] == rows[2]


@pytest.mark.parametrize(
    "shape", ["[{0}, {1}]", "{0}\n{1}\n", '{{"data": [{0}]}}\n{{"data": [{1}]}}', '[{{"data": [{0}, {1}]}}]']
)
def test_answers_come_as_lists_lines_and_pages(shape: str) -> None:
    ads = [f'{{"id": "{number}", "page_id": "2", "ad_creative_bodies": ["{number}"]}}' for number in (1, 2)]
    assert [row["remote_id"] for row in _preview(shape.format(*ads).encode(), "a.json").rows] == ["1", "2"]


def test_posts_need_somebody_to_belong_to() -> None:
    data = (FIXTURES / "facebook_post_metrics/dataset_Facebook.csv").read_bytes()
    with pytest.raises(research.MappingIncomplete, match="Say whose posts these are"):
        _preview(data)
    fields = layout_of(data).fields
    assert (fields["likes"], fields["comments"], fields["shares"], fields["reach"]) == (
        "like",
        "comment",
        "share",
        "T_Reach",
    )
