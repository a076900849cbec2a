"""Half a hosted configuration: every process says what is missing, in one sentence, and ends."""

from pathlib import Path

import pytest

from tests.hosted import desk

HALF = {"SUPABASE_URL": "https://x.supabase.co", "SUPABASE_SECRET_KEY": "sb_secret_half", "PORT": "0"}
MISSING = {
    "DATABASE_URL", "WEB_DATABASE_URL", "WORKER_DATABASE_URL", "SUPABASE_PUBLISHABLE_KEY", "APP_SECRET_KEYS",
    "PUBLIC_URL",
}  # fmt: skip


@pytest.mark.parametrize("process", ["web", "worker", "release"])
def test_a_process_without_its_settings_ends_with_one_sentence_naming_them_all(process: str, tmp_path: Path) -> None:
    status, told = desk.run(process, HALF | {"LOOPDESK_DATA": str(tmp_path / "data")}, tmp_path / "log")
    assert status == 1
    assert len(told.strip().splitlines()) == 1, told
    assert {name for name in MISSING if f" {name} is missing" in told} == MISSING
    assert "sb_secret_half" not in told
    assert not (tmp_path / "data").exists()


def test_a_database_that_does_not_answer_stops_the_release_with_a_sentence(tmp_path: Path) -> None:
    variables = desk.settings_for("postgresql://postgres:hunter2@127.0.0.1:9/postgres", "http://127.0.0.1:9", tmp_path)
    status, told = desk.run("release", variables, tmp_path / "log")
    assert status == 1
    assert "The release stopped at the database" in told
    assert "Traceback" not in told and "hunter2" not in told
