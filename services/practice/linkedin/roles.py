"""The members of practice LinkedIn and what they are on each page."""

from dataclasses import dataclass

ACME, BAKERY = "urn:li:organization:100000001", "urn:li:organization:100000002"
ROBIN, KIM = "urn:li:person:RobinPractice1", "urn:li:person:KimPractice1"
ADMIN = "ADMINISTRATOR"
POSTING = (ADMIN, "CONTENT_ADMINISTRATOR", "DIRECT_SPONSORED_CONTENT_POSTER")


@dataclass(frozen=True)
class Member:
    """Somebody who signs in, with their role on each page."""

    urn: str
    name: str
    roles: dict[str, str]


MEMBERS = {
    member.urn: member
    for member in (
        Member(ROBIN, "Robin Practice", {ACME: ADMIN, BAKERY: ADMIN}),
        Member(KIM, "Kim Practice", {BAKERY: "CONTENT_ADMINISTRATOR", ACME: "ANALYST"}),
    )
}
