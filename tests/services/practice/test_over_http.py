"""What only a real connection shows: lost replies, delays, holds, restarts, the process itself."""

import json
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.makers.media_host import media_host
from tests.makers.practice import INSTAGRAM_ACME, PAGE_ACME, RunningPractice, running_practice
from tests.services.practice.conftest import error, picture

PICTURES = {"a.jpg": picture()}


def photo(practice: RunningPractice, token: str) -> httpx.Response:
    return httpx.post(
        f"{practice.base}/facebook/v26.0/{PAGE_ACME}/photos",
        data={"caption": "Once"},
        files={"source": picture()},
        headers={"Authorization": f"Bearer {token}"},
        timeout=20,
    )


def test_a_whole_instagram_post_over_the_wire(tmp_path: Path) -> None:
    with media_host(PICTURES) as host, running_practice(tmp_path, processing_seconds=0) as practice:
        graph = f"{practice.base}/instagram/v26.0/{INSTAGRAM_ACME}"
        form = {"access_token": practice.admin.instagram_token()}
        asked = form | {"image_url": f"{host}/a.jpg", "caption": "Hello"}
        container = httpx.post(f"{graph}/media", data=asked).json()["id"]
        media = httpx.post(f"{graph}/media_publish", data=form | {"creation_id": container}).json()["id"]
        fields = {"fields": "permalink", **form}
        link = httpx.get(f"{practice.base}/instagram/v26.0/{media}", params=fields).json()["permalink"]
        assert link.startswith(practice.base) and "Hello" in httpx.get(link).text


def test_a_lost_reply_is_done_and_the_client_sees_no_answer(tmp_path: Path) -> None:
    with running_practice(tmp_path) as practice:
        token = practice.admin.page_token()
        practice.admin.fault("lose_reply", match="/photos", count=1)
        with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
            photo(practice, token)
        (accepted,) = practice.admin.accepted()
        (request,) = practice.admin.requests("/photos")
        assert accepted["caption"] == "Once" and request["status"] == 200 and request["answered"] is False
        assert photo(practice, token).status_code == 200


def test_a_delay_waits_after_the_act_and_holds_up_nobody_else(tmp_path: Path) -> None:
    with running_practice(tmp_path) as practice:
        token = practice.admin.page_token()
        practice.admin.fault("delay", match="/photos", seconds=1.0, count=1)
        started = time.monotonic()
        with ThreadPoolExecutor() as pool:
            slow = pool.submit(photo, practice, token)
            while not practice.admin.accepted():
                assert time.monotonic() - started < 10
            assert not slow.done()
            assert slow.result().status_code == 200
        assert time.monotonic() - started >= 1.0


def test_a_hold_keeps_a_call_from_happening_until_it_is_lifted(tmp_path: Path) -> None:
    with running_practice(tmp_path) as practice:
        token = practice.admin.page_token()
        practice.admin.fault("hold", match="/photos")
        with ThreadPoolExecutor() as pool:
            held = pool.submit(photo, practice, token)
            while not practice.admin.requests("/photos"):
                assert not held.done()
            assert practice.admin.accepted() == []
            practice.admin.clear_faults()
            assert held.result(timeout=10).status_code == 200
        assert len(practice.admin.accepted()) == 1


def test_fifty_publications_of_one_container_at_once_make_one_post(tmp_path: Path) -> None:
    with media_host(PICTURES) as host, running_practice(tmp_path, processing_seconds=0) as practice:
        graph = f"{practice.base}/instagram/v26.0/{INSTAGRAM_ACME}"
        form = {"access_token": practice.admin.instagram_token()}
        container = httpx.post(f"{graph}/media", data=form | {"image_url": f"{host}/a.jpg"}).json()["id"]
        with httpx.Client() as http, ThreadPoolExecutor(8) as pool:
            data = form | {"creation_id": container}
            answers = list(pool.map(lambda _: http.post(f"{graph}/media_publish", data=data), range(50)))
        assert sorted(answer.status_code for answer in answers) == [200] + [400] * 49
        assert {error(answer) for answer in answers if answer.status_code != 200} == {(24, 2207006)}
        assert len(practice.admin.accepted()) == 1


def test_the_record_survives_a_restart(tmp_path: Path) -> None:
    with running_practice(tmp_path) as practice:
        token = practice.admin.page_token()
        post = photo(practice, token).json()["post_id"]
        practice.admin.fault("http", match="/me", status=503)
    with running_practice(tmp_path) as practice:
        assert [accepted["id"] for accepted in practice.admin.accepted()] == [post]
        headers = {"Authorization": f"OAuth {token}"}
        assert httpx.get(f"{practice.base}/facebook/v26.0/{post}", headers=headers).json()["id"] == post
        assert httpx.get(f"{practice.base}/facebook/v26.0/me", headers=headers).status_code == 503
        assert photo(practice, token).json()["post_id"] != post


def test_a_sign_in_is_answered_as_a_person_would(tmp_path: Path) -> None:
    with running_practice(tmp_path) as practice:
        back = "http://127.0.0.1:8501/oauth/instagram"
        asked = {"client_id": "practice", "redirect_uri": back, "response_type": "code", "state": "1"}
        address = httpx.URL(f"{practice.base}/instagram/oauth/authorize").copy_merge_params(
            asked | {"scope": "instagram_business_basic"}
        )
        assert practice.sign_in(str(address), subject=INSTAGRAM_ACME).startswith(f"{back}?code=")
        assert "access_denied" in practice.sign_in(str(address), subject=INSTAGRAM_ACME, decision="deny")


def test_the_process_runs_by_itself_on_loopback_and_stops_when_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    arguments = ["--port", str(port), "--data-file", str(tmp_path / "new" / "practice.sqlite"), "--admin-token", "t"]
    with subprocess.Popen([sys.executable, "-m", "services.practice.main", *arguments]) as process:
        try:
            _wait_until_it_listens(process, port)
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as http:
                assert http.get("/health").json() == {"ok": True}
                told = http.get("/admin/accepted", headers={"X-Practice-Admin": "t"})
                assert json.loads(told.text) == []
        finally:
            process.terminate()
        process.wait(timeout=10)
    assert (tmp_path / "new" / "practice.sqlite").exists()


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
            threading.Event().wait(0.05)
    raise AssertionError("the practice platforms did not start")
