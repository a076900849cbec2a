"""The people, accounts and Pages that exist on the practice platforms; the first of each is Acme's."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    """An account of a platform: its id for apps, its name, and the handle of its public page."""

    id: str
    name: str
    handle: str


@dataclass(frozen=True)
class InstagramAccount:
    """A professional account; `scoped_id` is the id the app sees at sign-in."""

    id: str
    scoped_id: str
    username: str
    name: str
    account_type: str


@dataclass(frozen=True)
class Page:
    """A Facebook Page."""

    id: str
    name: str
    category: str


@dataclass(frozen=True)
class Person:
    """Somebody who signs in to Facebook, and what they may do on each Page."""

    id: str
    name: str
    tasks: dict[str, tuple[str, ...]]


INSTAGRAM_ACCOUNTS = {
    account.id: account
    for account in (
        InstagramAccount("17841400000000001", "24500000000000001", "practice_acme", "Practice Acme", "BUSINESS"),
        InstagramAccount("17841400000000002", "24500000000000002", "practice_bakery", "Practice Bakery", "BUSINESS"),
        InstagramAccount(
            "17841400000000003", "24500000000000003", "practice_studio", "Practice Studio", "MEDIA_CREATOR"
        ),
    )
}
PAGES = {
    page.id: page
    for page in (
        Page("100000000000001", "Practice Acme", "Retail company"),
        Page("100000000000002", "Practice Bakery", "Bakery"),
    )
}
_EVERYTHING = ("ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE")
PEOPLE = {
    person.id: person
    for person in (
        Person("122100000000001", "Robin Practice", dict.fromkeys(PAGES, _EVERYTHING)),
        Person("122100000000002", "Kim Practice", {"100000000000002": ("ANALYZE",)}),
    )
}


def _accounts(*accounts: Account) -> dict[str, Account]:
    return {account.id: account for account in accounts}


# One row per platform other than Instagram and Facebook: who may sign in and post, by id.
ACCOUNTS: dict[str, dict[str, Account]] = {
    "linkedin": _accounts(
        Account("urn:li:organization:100000001", "Practice Acme", "practice_acme"),
        Account("urn:li:organization:100000002", "Practice Bakery", "practice_bakery"),
        Account("urn:li:person:RobinPractice1", "Robin Practice", "robin_practice"),
        Account("urn:li:person:KimPractice1", "Kim Practice", "kim_practice"),
    ),
    "tiktok": _accounts(
        Account("afd97af1-0001-4c5b-9e7d-000000000001", "Practice Acme", "practice_acme"),
        Account("afd97af1-0002-4c5b-9e7d-000000000002", "Practice Bakery", "practice_bakery"),
    ),
    "pinterest": _accounts(
        Account("549755885100000001", "Practice Acme", "practice_acme"),
        Account("549755885100000002", "Practice Bakery", "practice_bakery"),
    ),
    "youtube": _accounts(
        Account("UCpracticeAcme0000000001", "Practice Acme", "practice_acme"),
        Account("UCpracticeBakery00000001", "Practice Bakery", "practice_bakery"),
    ),
    "x": _accounts(
        Account("1700000000000000001", "Practice Acme", "practice_acme"),
        Account("1700000000000000002", "Practice Bakery", "practice_bakery"),
    ),
}
PLATFORMS = ("instagram", "facebook", *ACCOUNTS)


def account_called(platform: str, handle: str) -> Account | None:
    """Find an account of one of `ACCOUNTS` by its handle."""
    return next((account for account in ACCOUNTS[platform].values() if account.handle == handle), None)


def instagram_account_named(username: str) -> InstagramAccount | None:
    """Find an account by its user name."""
    return next((account for account in INSTAGRAM_ACCOUNTS.values() if account.username == username), None)
