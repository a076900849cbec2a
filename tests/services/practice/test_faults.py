"""Faults decided by count, probability and match, seen from inside the process."""

import pytest

from tests.makers.practice import ADMIN_TOKEN
from tests.services.practice.conftest import Platforms, error

ME = "/instagram/v26.0/me"


def codes(platforms: Platforms, token: str, times: int) -> list[int]:
    return [platforms.get(ME, token).status_code for _ in range(times)]


def test_a_fault_strikes_as_often_as_its_count_says(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    platforms.admin.fault("http", match="/me", status=503, count=2)
    assert codes(platforms, token, 4) == [503, 503, 200, 200]
    (fault,) = platforms.admin.faults()
    assert (fault["seen"], fault["fired"]) == (4, 2)
    assert [request["faults"] for request in platforms.admin.requests(ME)] == [["http"], ["http"], [], []]


def test_a_fault_by_probability_is_the_same_run_after_run(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    runs = []
    for seed in (7, 7, 8):
        platforms.admin.clear_faults()
        platforms.admin.fault("http", probability=0.4, seed=seed)
        runs.append(codes(platforms, token, 40))
    assert runs[0] == runs[1] != runs[2]
    assert 5 <= runs[0].count(500) <= 28


def test_a_fault_strikes_only_its_platform_method_and_path(platforms: Platforms) -> None:
    token, page = platforms.admin.instagram_token(), platforms.admin.page_token()
    platforms.admin.fault("http", match="/me", platform="instagram", method="GET")
    assert platforms.get("/facebook/v26.0/me", page).status_code == 200
    assert platforms.container(token).status_code == 200
    assert platforms.get(ME, token).status_code == 500
    platforms.admin.clear_faults()
    assert platforms.get(ME, token).status_code == 200


def test_an_http_fault_answers_its_body_and_does_the_act_only_when_told(platforms: Platforms) -> None:
    token = platforms.admin.page_token()
    envelope = {"error": {"message": "Duplicate", "type": "OAuthException", "code": 506, "fbtrace_id": "A1"}}
    platforms.admin.fault("http", match="/photos", status=400, body=envelope, count=1)
    assert error(platforms.photo(token)) == (506, None)
    assert platforms.admin.accepted() == []
    platforms.admin.fault("http", match="/photos", status=502, body="<h1>Bad gateway</h1>", perform=True, count=1)
    answer = platforms.photo(token)
    assert answer.status_code == 502 and answer.text == "<h1>Bad gateway</h1>"
    assert len(platforms.admin.accepted()) == 1
    platforms.admin.fault("http", count=1)
    assert platforms.photo(token).json()["error"]["is_transient"] is True


def test_an_expired_token_stays_expired(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    platforms.admin.fault("expire_token", match="/media_publish", count=1)
    container = platforms.container(token).json()["id"]
    platforms.clock.move(seconds=2)
    assert error(platforms.publish(token, container)) == (190, 463)
    assert error(platforms.get(ME, token)) == (190, 463)


def test_a_rotated_token_dies_with_the_refresh_that_replaced_it(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token(age_seconds=90_000)
    platforms.admin.fault("rotate_token", match="/refresh_access_token", count=1)
    params = {"grant_type": "ig_refresh_token", "access_token": token}
    new = platforms.get("/instagram/refresh_access_token", **params).json()["access_token"]
    assert error(platforms.get(ME, token)) == (190, 467)
    assert platforms.get(ME, new).status_code == 200


def test_quota_refuses_publication_on_both_platforms_and_nothing_else(platforms: Platforms) -> None:
    token, page = platforms.admin.instagram_token(), platforms.admin.page_token()
    platforms.admin.fault("quota")
    container = platforms.container(token).json()["id"]
    platforms.clock.move(seconds=2)
    assert error(platforms.publish(token, container)) == (9, 2207042)
    refused = platforms.photo(page)
    assert error(refused) == (32, None) and '"call_count": 100' in refused.headers["x-app-usage"]
    platforms.admin.clear_faults()
    assert platforms.publish(token, container).status_code == 200


def test_a_hold_without_time_lets_the_call_go_on(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    platforms.admin.fault("hold", seconds=0)
    assert codes(platforms, token, 1) == [200]


@pytest.mark.parametrize(
    "terms", [{"kind": "earthquake"}, {"kind": "delay", "probability": 2}, {"kind": "quota", "x": 1}]
)
def test_an_unknown_fault_is_refused(platforms: Platforms, terms: dict[str, object]) -> None:
    assert platforms.admin.http.post("/admin/faults", json=terms).status_code == 422


def test_the_operators_routes_want_the_operators_token(platforms: Platforms) -> None:
    for given in ({}, {"X-Practice-Admin": "wrong"}, {"X-Practice-Admin": ADMIN_TOKEN + "x"}):
        for path in ("/admin/requests", "/admin/accepted", "/admin/faults", "/admin/settings"):
            assert platforms.http.get(path, headers=given).status_code == 401
        assert platforms.http.post("/admin/reset", headers=given).status_code == 401


def test_settings_take_known_names_and_numbers(platforms: Platforms) -> None:
    assert platforms.admin.settings(processing_seconds=0)["processing_seconds"] == 0
    for body in ({"speed": 1}, {"quota_total": -1}, {"quota_total": "many"}, {"quota_total": True}, [1]):
        assert platforms.admin.http.post("/admin/settings", json=body).status_code == 422
    assert platforms.admin.http.get("/admin/settings").json()["quota_total"] == 100


def test_a_token_is_made_only_for_somebody_who_exists(platforms: Platforms) -> None:
    body = {"platform": "facebook", "subject": "nobody", "scopes": []}
    assert platforms.admin.http.post("/admin/tokens", json=body).status_code == 422


def test_reset_forgets_posts_and_keeps_tokens_when_asked(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    first = platforms.posted(token)
    platforms.admin.reset(keep_tokens=True)
    assert platforms.admin.accepted() == [] and platforms.admin.requests() == []
    assert platforms.posted(token) != first
    platforms.admin.reset()
    assert error(platforms.get(ME, token)) == (190, None)
