"""Settings: embedded without any, hosted only when whole, every problem named at once, no secret ever shown."""

import base64

import pytest

from services.kit.config import Settings, SettingsMissing, load_settings, misconfigured, parse_keys

KEY = base64.b64encode(b"k" * 32).decode()


def _settings(**values: object) -> Settings:
    return Settings(_env_file=None, **values)  # type: ignore[arg-type]


def test_without_any_setting_everything_is_embedded() -> None:
    settings = _settings()
    assert not settings.is_hosted
    assert misconfigured(settings) == []


def test_every_missing_hosted_setting_is_named_at_once() -> None:
    problems = misconfigured(_settings(supabase_url="https://x.supabase.co"))
    names = {problem.split()[0] for problem in problems}
    assert names == {
        "DATABASE_URL", "WEB_DATABASE_URL", "WORKER_DATABASE_URL", "SUPABASE_PUBLISHABLE_KEY", "SUPABASE_SECRET_KEY",
        "APP_SECRET_KEYS", "PUBLIC_URL",
    }  # fmt: skip


def test_a_server_of_ones_own_needs_the_three_addresses_and_nothing_of_supabase() -> None:
    half = _settings(database_url="postgresql://postgres:x@db/x")
    assert (half.mode, half.is_hosted, half.is_embedded) == ("own server", False, False)
    names = {problem.split()[0] for problem in misconfigured(half)}
    assert names == {"WEB_DATABASE_URL", "WORKER_DATABASE_URL", "PUBLIC_URL"}
    hosted = _settings(database_url="postgresql://postgres:x@db/x", supabase_secret_key="sb_secret_x")
    assert hosted.mode == "hosted" and any("SUPABASE_URL" in problem for problem in misconfigured(hosted))


def test_a_wrong_setting_stops_the_start_with_its_name_and_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKER_CONCURRENCY", "many-secret")
    with pytest.raises(SettingsMissing) as refused:
        load_settings()
    assert "WORKER_CONCURRENCY" in refused.value.sentence
    assert "many-secret" not in refused.value.sentence


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    settings = _settings(database_url="postgresql://postgres:hunter2@db/x", app_secret_keys=f"k1:{KEY}")
    assert "hunter2" not in repr(settings)
    assert KEY not in repr(settings)


@pytest.mark.parametrize(
    "text", ["k1", "k1:abc", f":{KEY}", f"k.1:{KEY}", "k1:" + base64.b64encode(b"x" * 31).decode()]
)
def test_sealing_keys_must_be_named_and_32_bytes_long(text: str) -> None:
    with pytest.raises(ValueError):
        parse_keys(text)
    assert any(problem.startswith("APP_SECRET_KEYS") for problem in misconfigured(_settings(app_secret_keys=text)))


def test_the_first_key_is_the_one_that_seals() -> None:
    assert list(parse_keys(f"k2:{KEY},k1:{KEY}")) == ["k2", "k1"]


def test_addresses_lose_their_last_slash() -> None:
    assert _settings(public_url="https://desk.example/").public_url == "https://desk.example"


@pytest.mark.parametrize(
    "address", ["postgresql://postgres:secret@db/x", "postgresql://app_web@db/x", "not an address"]
)
def test_a_login_address_must_name_its_role_and_a_password_and_is_never_repeated(address: str) -> None:
    problems = misconfigured(_settings(supabase_url="https://x.supabase.co", web_database_url=address))
    assert "WEB_DATABASE_URL: expected the user app_web with a password" in problems
    assert "secret" not in "".join(problems)


def test_a_pooler_names_the_project_after_the_role() -> None:
    address = "postgresql://app_web.abcdefgh:secret@pooler.example:6543/postgres"
    problems = misconfigured(_settings(supabase_url="https://x.supabase.co", web_database_url=address))
    assert not any(problem.startswith("WEB_DATABASE_URL") for problem in problems)
