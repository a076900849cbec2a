"""Everything about one post in a file for support, and in it nothing that opens a door."""

import io
import json
import zipfile
from typing import Any

import pytest

from services import publishing
from services.practice.seeds import ACCOUNTS
from services.practice.youtube.access import SCOPES
from services.publishing import PostState
from services.publishing.queries import attempts
from tests.makers.accounts import make_channel
from tests.makers.posted import plan_files
from tests.makers.publishing import Studio

CAPABILITY = "kX9-whoever-has-this-may-upload"


def _bundle(studio: Studio, post: publishing.Post) -> dict[str, str]:
    with studio.world.web.tx(studio.cast.vera) as tx:
        packed = publishing.failure_bundle(tx, post.id, studio.app.settings)
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name).decode() for name in opened.namelist()}


def _refused(studio: Studio) -> publishing.Post:
    post = studio.plan(caption="Grüße <b>from</b> Oslo")
    studio.practice.fault("http", match="/media_publish", status=400, count=50)
    studio.settle(post)
    return post


def test_it_holds_what_was_sealed_tried_answered_and_ran(studio: Studio) -> None:
    post = _refused(studio)
    files = _bundle(studio, post)
    read: dict[str, Any] = {name: json.loads(text) for name, text in files.items() if name.endswith(".json")}
    assert set(files) == {"README.txt", *read} == {
        "README.txt", "post.json", "sealed.json", "attempts.json", "history.json", "versions.json",
    }  # fmt: skip
    assert read["sealed.json"]["seal"] == post.seal
    assert read["sealed.json"]["content"]["text"] == "Grüße <b>from</b> Oslo"
    assert len(read["sealed.json"]["content"]["media"][0]["sha256"]) == 64
    assert read["attempts.json"][0]["remote"]["container"]
    assert any(one["status"] == 400 for one in read["attempts.json"][0]["answers"])
    assert read["history.json"][-1]["to_state"] == "due"
    assert read["versions.json"]["loopdesk"]
    assert read["post.json"]["id"] == str(post.id)


@pytest.mark.parametrize("platform", ["instagram", "facebook"])
def test_it_holds_no_token(studio: Studio, platform: str) -> None:
    post = studio.plan(platform)
    studio.settle(post)
    with studio.world.worker.admin_tx() as tx:
        sealed = tx.value(
            "select access_token from private.channel_secrets where channel_id = %(id)s", {"id": post.channel_id}
        )
    token = studio.app.sealer.open(sealed, f"channels/{post.channel_id}/access_token")
    everything = " ".join(_bundle(studio, post).values())
    assert studio.read(post).state is PostState.PUBLISHED
    assert token not in everything
    assert sealed not in everything
    assert "Bearer" not in everything
    assert "sig=" not in everything


def test_what_platforms_gave_as_a_right_is_hidden_wherever_it_was_written(studio: Studio) -> None:
    post = _refused(studio)
    given = {"session": f"https://up.example/{CAPABILITY}", "upload_url": f"https://up.example/?upload_token={CAPABILITY}",
             "publish_id": "v_pub_17", "media_id": "18"}  # fmt: skip
    with studio.world.worker.admin_tx() as tx:
        attempt = tx.value(
            "select id from app.attempts where post_id = %(post)s order by number limit 1", {"post": post.id}
        )
        attempts.set_remote(tx, attempt, given)
        attempts.finish(
            tx, attempt, publishing.Outcome.FAILED, error=f"PUT https://up.example/{CAPABILITY} gave nothing"
        )
        told = {"post": post.id, "told": f"See https://up.example/{CAPABILITY}?upload_id={CAPABILITY}"}
        tx.run("update app.posts set reason = %(told)s where id = %(post)s", told)
        tx.run(
            "insert into app.post_history (org_id, post_id, at, to_state, detail) "
            "select org_id, id, now(), 'failed', %(told)s from app.posts where id = %(post)s",
            told,
        )
    files = _bundle(studio, post)
    assert CAPABILITY not in " ".join(files.values())
    remote = json.loads(files["attempts.json"])[0]["remote"]
    assert remote == {"session": "[hidden]", "upload_url": "[hidden]", "publish_id": "v_pub_17", "media_id": "18"}


def test_somebody_elses_post_is_not_here(studio: Studio) -> None:
    post = studio.plan()
    with pytest.raises(publishing.PostNotFound), studio.world.web.tx(studio.cast.cleo) as tx:
        publishing.failure_bundle(tx, post.id, studio.app.settings)


def test_it_does_not_say_where_our_store_keeps_the_files_nor_the_cover(studio: Studio) -> None:
    token = studio.practice.token("youtube", SCOPES, next(iter(ACCOUNTS["youtube"])))
    make_channel(studio.world, studio.cast, "youtube", token=token, remote_id=next(iter(ACCOUNTS["youtube"])))
    chosen = {"format": "video", "title": "Boots", "privacy": "public", "made_for_kids": "no"}
    post = plan_files(studio, "youtube", ("square clip",), "Fresh today.", cover="wide picture", **chosen)
    content = json.loads(_bundle(studio, post)["sealed.json"])["content"]
    assert content["cover"]["sha256"] and "file_key" not in content["cover"] | content["media"][0]
