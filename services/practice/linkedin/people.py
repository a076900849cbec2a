"""Who signs in to practice LinkedIn, for which pages they may act, and what the API tells of both."""

from typing import Any

from services.practice.linkedin.access import member_of, needs_protocol, scoped, window
from services.practice.linkedin.errors import LinkedInError, denied, not_found
from services.practice.linkedin.roles import ADMIN, MEMBERS
from services.practice.seeds import ACCOUNTS
from services.practice.wire.calls import Call


def userinfo(call: Call) -> dict[str, Any]:
    """`GET /v2/userinfo`: has no version. :raises LinkedInError: 401, 403 without openid and profile"""
    member = MEMBERS[member_of(scoped(call, "openid", "profile"))]
    given, _, family = member.name.partition(" ")
    return {
        "sub": member.urn.rpartition(":")[2],
        "name": member.name,
        "given_name": given,
        "family_name": family,
        "locale": {"country": "US", "language": "en"},
    }


def list_acls(call: Call) -> dict[str, Any]:
    """`GET /rest/organizationAcls?q=roleAssignee`: the member's roles, filtered by `role` and `state`."""
    urn = member_of(scoped(call, "rw_organization_admin"))
    needs_protocol(call)
    if call.get("q") != "roleAssignee":
        raise LinkedInError(400, "INVALID_QUERY", "The finder must be roleAssignee")
    start, count = window(call)
    rows = [
        {"organization": organisation, "role": role, "roleAssignee": urn, "state": "APPROVED"}
        for organisation, role in MEMBERS[urn].roles.items()
        if call.get("role", role) == role and call.get("state", "APPROVED") == "APPROVED"
    ]
    paging = {"start": start, "count": count, "links": [], "total": len(rows)}
    return {"elements": rows[start : start + count], "paging": paging}


def read_organisation(call: Call, number: str) -> dict[str, Any]:
    """`GET /rest/organizations/{id}`: for its administrators. :raises LinkedInError: 403, 404"""
    urn = member_of(scoped(call, "rw_organization_admin"))
    organisation = f"urn:li:organization:{number}"
    found = ACCOUNTS["linkedin"].get(organisation)
    if found is None:
        raise not_found(organisation)
    if MEMBERS[urn].roles.get(organisation) != ADMIN:
        raise denied("organizations.GET.NO_VERSION")
    return {
        "id": int(number),
        "localizedName": found.name,
        "vanityName": found.handle,
        "name": {"localized": {"en_US": found.name}, "preferredLocale": {"country": "US", "language": "en"}},
        "primaryOrganizationType": "NONE",
    }
