"""Where people see an account, by what we hold of it."""

import pytest

from services.accounts import account_address
from services.kit.config import Settings

SETTINGS = Settings(practice_url="http://127.0.0.1:9", _env_file=None)


@pytest.mark.parametrize(
    ("platform", "remote_id", "handle", "address"),
    [
        ("instagram", "17", "acme", "https://www.instagram.com/acme/"),
        ("facebook", "42", "", "https://www.facebook.com/42"),
        ("tiktok", "open-1", "@acme", "https://www.tiktok.com/@acme"),
        ("linkedin", "urn:li:organization:77", "", "https://www.linkedin.com/company/77/"),
        ("linkedin", "urn:li:person:ab", "ana", ""),
        ("x", "9", "acme", "https://x.com/acme"),
        ("youtube", "UC1", "", "https://www.youtube.com/channel/UC1"),
        ("pinterest", "9", "a/../b", "https://www.pinterest.com/a%2F..%2Fb/"),
        ("instagram", "17", "", ""),
        ("elsewhere", "1", "a", ""),
    ],
)
def test_each_platform_has_its_own_form(platform: str, remote_id: str, handle: str, address: str) -> None:
    assert account_address(SETTINGS, platform, remote_id, handle, is_practice=False) == address


def test_practice_accounts_are_on_the_practice_platform() -> None:
    assert account_address(SETTINGS, "tiktok", "x", "acme", is_practice=True) == "http://127.0.0.1:9/tiktok/acme"
    assert account_address(SETTINGS, "facebook", "42", "acme", is_practice=True) == "http://127.0.0.1:9/facebook/42"
    nowhere = SETTINGS.model_copy(update={"practice_url": ""})
    assert account_address(nowhere, "tiktok", "x", "acme", is_practice=True) == ""
