"""Answers of our routes are spans: named by the route, without the secrets in an address, joined by what they queue."""

from starlette.testclient import TestClient

from tests.makers.seen import seeing

SECRET = "kX9-capability-7f3-kX9-capability-7f3-kX9ab"


def test_an_answer_is_a_span_with_its_status_and_without_its_address(browser: TestClient) -> None:
    with seeing() as found:
        assert browser.get(f"/calendar-feed/{SECRET}.ics").status_code == 404
        browser.get(f"/files/a.png?exp=1&sig={SECRET}", headers={"cookie": f"ld_sid={SECRET}"})
    answers = [span for span in found.spans if span.name != "sql"]
    assert [span.name for span in answers] == ["GET /calendar-feed", "GET /files"]
    assert answers[0].attributes["http.response.status_code"] == 404
    assert SECRET not in found.text()


def test_what_is_not_ours_is_passed_on_untouched(browser: TestClient) -> None:
    with seeing() as found:
        browser.get("/_stcore/health")
        browser.get("/")
    assert found.spans == []


def test_the_trace_of_a_stranger_is_not_followed(browser: TestClient) -> None:
    stranger = "4bf92f3577b34da6a3ce929d0e0e4736"
    with seeing() as found:
        browser.get("/healthz", headers={"traceparent": f"00-{stranger}-00f067aa0ba902b7-00"})
    assert stranger not in found.text()
    assert len(found.spans) == 1
