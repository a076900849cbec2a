"""What TikTok fetches from us: one call that cannot be taken back, and what can be known after it."""

import json
from dataclasses import replace
from typing import Any

import httpx
import pytest

from services.kit.errors import OutcomeUnknown, Rejected, Unavailable
from services.publishing.errors import Accepted
from services.publishing.platforms.tiktok.photos import Photos
from services.publishing.platforms.tiktok.video import VideoByAddress
from services.publishing.publisher import Order
from tests.services.publishing.platforms.contract import NOW, answering, content, door
from tests.services.publishing.platforms.tiktok.answers import (
    PRIVATE,
    PUBLIC,
    FetchedContract,
    badly,
    clip,
    tiktok,
    well,
)

SECONDS = int(NOW.timestamp())
PICTURE = content("tiktok").media[0]
PULL = {"source": "PULL_FROM_URL"}


def row(**changes: Any) -> dict[str, Any]:
    words = {"id": "7301", "create_time": SECONDS + 4, "title": "Fresh today.", "video_description": "Fresh today."}
    return words | {"share_url": "https://www.tiktok.example/@acme/video/7301"} | changes


class TestVideoByAddress(FetchedContract):
    publisher = VideoByAddress()
    changes = {"media": (clip(),), "settings": PUBLIC | {"format": "video_url", "comment": "yes"}}

    def state(self, remote: dict[str, str] | None = None, **told: Any) -> Any:
        sealed = content("tiktok", **self.changes)
        answer = tiktok({"status/fetch/": well(told)})
        return self.publisher.find(sealed, remote or self.remote, NOW, door(answer, "tiktok"))

    def lost(self, rows: list[dict[str, Any]], **changes: Any) -> Any:
        sealed = content("tiktok", **(self.changes | changes))
        answer = tiktok({"video/list/": well({"videos": rows, "has_more": False})})
        return self.publisher.find(sealed, {}, NOW, door(answer, "tiktok"))

    def test_the_creator_is_asked_first_and_then_one_call_carries_everything(self) -> None:
        seen: list[httpx.Request] = []
        with pytest.raises(Accepted) as caught:
            self.publish(tiktok({"post/publish/video/init/": well({"publish_id": "v_pub_url~v2-1.7"})}, seen))
        assert caught.value.remote == {"publish_id": "v_pub_url~v2-1.7"}
        (init,) = seen
        assert init.headers["content-type"] == "application/json; charset=UTF-8"
        assert json.loads(init.content) == {
            "post_info": {
                "title": "Fresh today.",
                "privacy_level": "PUBLIC_TO_EVERYONE",
                "disable_comment": False,
                "disable_duet": True,
                "disable_stitch": True,
                "brand_content_toggle": False,
                "brand_organic_toggle": False,
                "is_aigc": False,
            },
            "source_info": PULL | {"video_url": "https://files.example/0.jpg?exp=1&sig=2"},
        }

    def test_a_post_that_another_attempt_has_taken_over_is_not_begun(self) -> None:
        def taken_over(_remote: dict[str, str]) -> None:
            raise LookupError

        here = replace(door(tiktok({}), "tiktok"), keep=taken_over)
        with pytest.raises(LookupError):
            self.publisher.publish(self.order(), {}, here)

    def test_an_unverified_media_host_is_told_in_words(self) -> None:
        with pytest.raises(Rejected) as caught:
            self.publish(tiktok({"/init/": badly("url_ownership_unverified", 403)}))
        assert "verified" in caught.value.sentence and "url_ownership_unverified" in caught.value.sentence

    def test_a_creator_that_cannot_be_asked_means_that_nothing_was_done(self) -> None:
        order = self.order()
        with pytest.raises(Unavailable):
            self.publisher.publish(order, {}, door(answering(500, {}), "tiktok"))

    @pytest.mark.parametrize("told", [{}, {"privacy_level_options": []}, {"privacy_level_options": "all"}])
    def test_a_creator_without_audiences_means_that_nothing_was_done(self, told: dict[str, Any]) -> None:
        answer = tiktok({"creator_info/query/": well(told)})
        with pytest.raises(Unavailable):
            self.publisher.publish(self.order(), {}, door(answer, "tiktok"))

    @pytest.mark.parametrize("given", ["", " ", None, 7, ["v"]])
    def test_an_answer_without_a_publish_id_is_no_answer(self, given: Any) -> None:
        with pytest.raises(OutcomeUnknown) as caught:
            self.publish(tiktok({"/init/": well({"publish_id": given})}))
        assert type(caught.value) is OutcomeUnknown

    def test_a_public_id_proves_that_it_is_public(self) -> None:
        found = self.state(status="PUBLISH_COMPLETE", publicaly_available_post_id=[7301234567890123456])
        assert (found.is_live, [one.remote_id for one in found.seen]) == (True, ["7301234567890123456"])

    def test_a_public_post_without_its_id_is_still_looked_over(self) -> None:
        assert self.state(status="PUBLISH_COMPLETE").is_processing

    @pytest.mark.parametrize("status", ["PROCESSING_DOWNLOAD", "PROCESSING_UPLOAD"])
    def test_what_is_being_processed_is_asked_for_again(self, status: str) -> None:
        assert self.state(status=status).is_processing

    @pytest.mark.parametrize("reason", ["video_pull_failed", "internal"])
    def test_what_could_not_be_fetched_is_tried_once_more(self, reason: str) -> None:
        first = self.state(status="FAILED", fail_reason=reason)
        assert (first.is_absent, first.remote) == (True, {"tries": "1"})
        again = self.state(remote=self.remote | first.remote, status="FAILED", fail_reason=reason)
        assert not again.is_absent and "twice" in again.refused

    @pytest.mark.parametrize(
        ("reason", "word"),
        [
            ("file_format_check_failed", "format"),
            ("duration_check_failed", "length"),
            ("frame_rate_check_failed", "frame rate"),
            ("picture_size_check_failed", "size"),
            ("auth_removed", "Reconnect"),
            ("spam_risk_too_many_posts", "tomorrow"),
            ("spam_risk_user_banned_from_posting", "does not let"),
            ("spam_risk_text", "text"),
            ("spam_risk", "spam"),
            ("publish_cancelled", "cancelled"),
            ("something_new", "something_new"),
        ],
    )
    def test_any_other_failure_is_a_no_in_words(self, reason: str, word: str) -> None:
        found = self.state(status="FAILED", fail_reason=reason)
        assert word in found.refused and not (found.is_absent or found.is_live or found.is_processing)

    def test_a_status_nobody_knows_proves_nothing(self) -> None:
        found = self.state(status="PONDERING")
        assert not (found.is_absent or found.is_live or found.is_processing or found.refused)

    def test_after_a_lost_answer_a_public_post_with_our_words_is_a_find_the_oldest_first(self) -> None:
        old, other = row(id="1", create_time=SECONDS - 300), row(id="2", title="Else", video_description="Else")
        found = self.lost([row(id="9", create_time=SECONDS + 9), row(), old, other])
        assert (found.is_live, [one.remote_id for one in found.seen]) == (True, ["7301", "9"])
        assert found.seen[0].permalink == "https://www.tiktok.example/@acme/video/7301"

    def test_the_list_cuts_words_at_150_and_ours_are_recognised_all_the_same(self) -> None:
        long = "Fresh today, and every day. " * 10
        cut = row(title=long[:150], video_description=long[:150])
        assert self.lost([cut], text=long).is_live
        assert not self.lost([row(title="Fresh", video_description="Fresh")], text=long).is_live

    def test_after_a_lost_answer_an_empty_list_proves_nothing(self) -> None:
        found = self.lost([])
        assert (found.is_live, found.is_absent, found.seen) == (False, False, ())

    def test_a_private_post_or_one_without_words_cannot_be_recognised(self) -> None:
        assert not self.lost([row()], settings=PRIVATE).is_live
        assert not self.lost([row(video_description="", title="")], text="").is_live

    def test_a_posts_address_is_the_platforms_own_and_only_public_posts_have_one(self) -> None:
        answer = tiktok({"video/query/": well({"videos": [row()]})})
        assert self.publisher.permalink("7301", door(answer, "tiktok")) == row()["share_url"]
        assert self.publisher.permalink("8", door(answer, "tiktok")) is None
        assert self.publisher.permalink("v_pub_url~v2-1.7", door(answering(500, {}), "tiktok")) is None

    def test_the_latest_posts_come_from_the_list(self) -> None:
        rows = [row(), row(id="", title="no id"), "rubbish", row(id=8, create_time="soon", share_url=None)]
        found = self.publisher.recent(door(tiktok({"video/list/": well({"videos": rows})}), "tiktok"))
        assert [(one.remote_id, one.at is None) for one in found] == [("7301", False), ("8", True)]


class TestPhotos(FetchedContract):
    publisher = Photos()
    remote = {"publish_id": "p_pub_url~v2.7"}
    changes = {
        "settings": {"format": "photos", "privacy": "PUBLIC_TO_EVERYONE", "title": "Lookbook", "music": "yes"},
        "media": (PICTURE, PICTURE),
    }

    def test_the_photos_go_in_their_order_with_title_and_words(self) -> None:
        seen: list[httpx.Request] = []
        with pytest.raises(Accepted) as caught:
            self.publish(tiktok({"post/publish/content/init/": well({"publish_id": "p_pub_url~v2.7"})}, seen))
        assert caught.value.remote == self.remote
        sent = json.loads(seen[-1].content)
        assert (sent["media_type"], sent["post_mode"]) == ("PHOTO", "DIRECT_POST")
        assert sent["source_info"] == PULL | {
            "photo_cover_index": 0,
            "photo_images": ["https://files.example/0.jpg?exp=1&sig=2", "https://files.example/1.jpg?exp=1&sig=2"],
        }
        assert sent["post_info"] == {
            "title": "Lookbook",
            "description": "Fresh today.",
            "privacy_level": "PUBLIC_TO_EVERYONE",
            "disable_comment": True,
            "brand_content_toggle": False,
            "brand_organic_toggle": False,
            "auto_add_music": True,
        }

    def test_a_title_is_counted_as_tiktok_counts_it(self) -> None:
        settings = self.changes["settings"] | {"title": "🍦" * 46}
        order = Order(content("tiktok", settings=settings), ("https://files.example/k",))
        with pytest.raises(Rejected, match="90 characters of title; this has 92"):
            self.publisher.publish(order, {}, door(tiktok({}), "tiktok"))

    def test_a_photo_post_is_recognised_by_its_words_and_without_words_by_its_title(self) -> None:
        rows = [row(title="Lookbook", video_description="Fresh today.")]
        sealed = content("tiktok", **self.changes)
        here = door(tiktok({"video/list/": well({"videos": rows})}), "tiktok")
        assert self.publisher.find(sealed, {}, NOW, here).is_live
        assert self.publisher.find(sealed.model_copy(update={"text": ""}), {}, NOW, here).is_live
        assert not self.publisher.find(sealed.model_copy(update={"text": "Other"}), {}, NOW, here).is_live
