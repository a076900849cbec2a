"""What every call has in common: tokens, scopes, versions, fields, headers, the record."""

import json

import pytest

from services.practice.wire.errors import GraphError
from services.practice.wire.fields import pick, split_fields
from tests.makers.practice import INSTAGRAM_ACME, PAGE_ACME
from tests.services.practice.conftest import Platforms, error

ME = "/instagram/v26.0/me"
BAKERY = "17841400000000002"


def test_a_token_may_come_as_a_parameter_or_in_either_header(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    assert platforms.http.get(ME, params={"access_token": token}).status_code == 200
    for scheme in ("Bearer", "OAuth"):
        assert platforms.http.get(ME, headers={"Authorization": f"{scheme} {token}"}).status_code == 200
    path = f"/instagram/v26.0/{INSTAGRAM_ACME}/media_publish"
    assert error(platforms.http.post(path, json={"access_token": token, "creation_id": 7})) == (24, 2207006)


def test_no_token_a_made_up_one_and_one_of_the_other_platform_are_refused(platforms: Platforms) -> None:
    assert error(platforms.get(ME)) == (104, None)
    assert error(platforms.get(ME, "made-up")) == (190, None)
    refused = platforms.get(ME, platforms.admin.page_token())
    assert refused.status_code == 401 and error(refused) == (190, None)


def test_a_token_ends_with_its_time(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token(expires_in=60)
    platforms.clock.move(seconds=60)
    assert error(platforms.get(ME, token)) == (190, 463)


def test_each_call_wants_its_scope(platforms: Platforms) -> None:
    post = platforms.posted(platforms.admin.instagram_token())
    basic = platforms.admin.instagram_token("instagram_business_basic")
    publish = platforms.admin.instagram_token("instagram_business_content_publish")
    assert error(platforms.container(basic)) == error(platforms.publish(basic, "1")) == (10, None)
    assert error(platforms.get(f"/instagram/v26.0/{post}/insights", basic, metric="views")) == (10, None)
    assert error(platforms.get(ME, publish)) == (10, None)


def test_another_account_is_not_visible(platforms: Platforms) -> None:
    post = platforms.posted(platforms.admin.instagram_token())
    other = platforms.admin.instagram_token(subject=BAKERY)
    for path in (f"{INSTAGRAM_ACME}/media", post, f"{post}/insights", "12345"):
        refused = platforms.get(f"/instagram/v26.0/{path}", other, metric="views")
        assert error(refused) == (100, 33) and refused.json()["error"]["type"] == "IGApiException"
    assert error(platforms.container(other)) == (100, 33)


@pytest.mark.parametrize("version", ["v99.0", "26.0", "v26.1", "v1.0", "graph"])
def test_a_version_that_never_was_is_an_unknown_path(platforms: Platforms, version: str) -> None:
    token = platforms.admin.page_token()
    assert error(platforms.get(f"/facebook/{version}/me", token)) == (2500, None)


def test_retired_versions_are_served_and_unknown_edges_are_not(platforms: Platforms) -> None:
    token = platforms.admin.page_token()
    assert platforms.get("/facebook/v19.0/me", token).status_code == 200
    assert error(platforms.get(f"/facebook/v26.0/{PAGE_ACME}/nonsense", token)) == (2500, None)
    assert error(platforms.post(f"/facebook/v26.0/{PAGE_ACME}", token)) == (100, 33)
    assert error(platforms.get("/instagram/v26.0/a/b/c", token)) == (2500, None)


def test_only_known_fields_are_answered(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    assert platforms.get(ME, token).json().keys() == {"id"}
    assert error(platforms.get(ME, token, fields="username,shoe_size")) == (100, None)
    assert error(platforms.get(ME, token, fields="username{")) == (100, None)


def test_fields_may_be_nested_and_carry_modifiers() -> None:
    assert split_fields("id, a{b,c{d}} ,e.limit(1).summary(x,y)") == {"id": "", "a": "b,c{d}", "e": ""}
    node = {"id": "1", "a": {"b": 1, "c": 2}, "list": {"data": [{"x": 1, "y": 2}]}, "empty": None}
    picked = pick(node, "a{c},list{y},empty", kind="Thing")
    assert picked == {"id": "1", "a": {"c": 2}, "list": {"data": [{"y": 2}]}}
    with pytest.raises(GraphError):
        pick(node, "a{z}", kind="Thing")


def test_usage_is_told_in_percent(platforms: Platforms) -> None:
    platforms.admin.settings(calls_per_hour=4)
    token = platforms.admin.instagram_token()
    answers = [platforms.get(ME, token) for _ in range(6)]
    counts = [json.loads(answer.headers["x-app-usage"])["call_count"] for answer in answers]
    assert counts == [25, 50, 75, 100, 100, 100]
    business = json.loads(answers[0].headers["x-business-use-case-usage"])
    assert business[INSTAGRAM_ACME][0]["type"] == "instagram"
    page = platforms.get(f"/facebook/v26.0/{PAGE_ACME}/published_posts", platforms.admin.page_token())
    assert json.loads(page.headers["x-business-use-case-usage"])[PAGE_ACME][0]["type"] == "pages"


def test_requests_are_recorded_without_their_secrets(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    platforms.get(ME, access_token=token, fields="username")
    platforms.get("/instagram/v26.0/nobody", token)
    first, second = platforms.admin.requests("/instagram")
    assert first["params"] == {"access_token": "[redacted]", "fields": "username"}
    assert (first["method"], first["status"], first["answered"]) == ("GET", 200, True)
    assert first["at"] == "2026-11-21T10:00:00.000000+00:00" and second["status"] == 400
    assert token not in json.dumps([first, second])


def test_broken_bodies_are_refused(platforms: Platforms) -> None:
    path = f"/instagram/v26.0/{INSTAGRAM_ACME}/media"
    for body in (b"{", b"[1]"):
        sent = platforms.http.post(path, content=body, headers={"content-type": "application/json"})
        assert error(sent) == (100, None)
