"""
Ten thousand random orders of edit, keep, approve, take back, schedule, tamper and check, on values alone.

Each check asks what the publisher asks: does the seal over what is stored now equal the approved one, and do the
stored bytes have the hashes in it? Whatever is let through must be, byte for byte, what somebody approved.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from services import approvals
from services.accounts import Channel, ChannelState
from services.creative import Placed, Version
from services.kit.crypto import sha256_hex

ORDERS = 10_000
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
NIL = UUID(int=0)
PLACES = ("square", "feed")
Sent = tuple[str, str, str, tuple[tuple[bytes, str], ...]]
"""Account, platform, text, pictures with their alt texts: what a platform gets to see, without any hash."""


def _channel(number: int) -> Channel:
    return Channel(
        id=UUID(int=number), org_id=NIL, brand_id=NIL, platform=("instagram", "facebook")[number % 2], is_practice=True,
        remote_id=str(number), name="Acme", handle="acme", scopes=(), missing_scopes=(), state=ChannelState.CONNECTED,
        state_reason="", token_expires_at=None, last_success_at=None, last_error=None, last_error_at=None,
        quota_used=None, quota_total=None, quota_read_at=None, next_check_at=NOW,
    )  # fmt: skip


@dataclass
class Given:
    """An approval as the rows hold it, and beside it what the approver saw."""

    version: int
    channel: int
    seal: str
    seen: Sent
    is_live: bool = True
    is_planned: bool = False


@dataclass
class Desk:
    """Rows and files of one ad, in memory."""

    chance: random.Random
    caption: str = "Made this morning."
    picture: bytes = b"cone"
    alt: str = "A cone."
    link: str = ""
    versions: list[Version] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    channels: list[Channel] = field(default_factory=lambda: [_channel(1), _channel(2)])
    given: list[Given] = field(default_factory=list)
    is_tampered: bool = False
    accepted: int = 0
    refused: int = 0

    def edit(self) -> None:
        mark = str(self.chance.random())
        match self.chance.randrange(4):
            case 0:
                self.caption = f"Caption {mark}"
            case 1:
                self.picture = f"picture {mark}".encode()
            case 2:
                self.alt = f"Alt {mark}"
            case _:
                self.link = self.chance.choice(["", f"https://acme.example/{mark}?utm_content=mine&a=b"])

    def keep(self) -> None:
        number = len(self.versions) + 1
        media = []
        for place in PLACES:
            key, content = f"{number}-{place}.jpg", self.picture + place.encode()
            self.files[key] = content
            media.append(
                Placed(placement=place, asset_id=NIL, sha256=sha256_hex(content), file_key=key, width=1080,
                       height=1080, alt_text=self.alt)
            )  # fmt: skip
        self.versions.append(
            Version(id=UUID(int=number), draft_id=NIL, number=number, name="Ad", template="headline", fields={},
                    caption=self.caption, link=self.link, alt_text=self.alt, media=media, created_by=NIL,
                    created_at=NOW)
        )  # fmt: skip

    def approve(self) -> None:
        if self.versions:
            version, channel = len(self.versions) - 1, self.chance.randrange(2)
            content = approvals.compose(self.versions[version], self.channels[channel])
            self.given.append(Given(version, channel, content.seal(), self._sent(content)))

    def take_back(self) -> None:
        if self.given:
            self.chance.choice(self.given).is_live = False

    def schedule(self) -> None:
        if self.given:
            self.chance.choice(self.given).is_planned = True

    def tamper(self) -> None:
        """What no code of ours does: rows and files changed behind the approver's back."""
        if not self.versions or self.chance.random() > 0.4:
            return
        self.is_tampered = True
        place = self.chance.randrange(len(self.versions))
        old = self.versions[place]
        match self.chance.randrange(6):
            case 0:
                self.files[self.chance.choice(sorted(self.files))] += b"!"
            case 1:
                self.versions[place] = old.model_copy(update={"caption": old.caption + " And more."})
            case 2:
                self.versions[place] = old.model_copy(update={"link": "https://elsewhere.example/"})
            case 3:
                changed = [one.model_copy(update={"alt_text": one.alt_text + "!"}) for one in old.media]
                self.versions[place] = old.model_copy(update={"media": changed})
            case 4:
                swapped = [
                    one.model_copy(update={"placement": other.placement})
                    for one, other in zip(old.media, reversed(old.media), strict=True)
                ]
                self.versions[place] = old.model_copy(update={"media": swapped})
            case _:
                which = self.chance.randrange(2)
                self.channels[which] = self.channels[which].model_copy(update={"remote_id": "999"})

    def check(self) -> None:
        for one in self.given:
            if not one.is_planned:
                continue
            content = approvals.compose(self.versions[one.version], self.channels[one.channel])
            bytes_fit = all(sha256_hex(self.files[item.file_key]) == item.sha256 for item in content.media)
            if one.is_live and content.seal() == one.seal and bytes_fit:
                self.accepted += 1
                assert self._sent(content) == one.seen, "something was let through that nobody approved"
            else:
                self.refused += 1
                assert self.is_tampered or not one.is_live, "an approved post was refused for nothing"

    def _sent(self, content: approvals.SealedContent) -> Sent:
        pictures = tuple((self.files[item.file_key], item.alt_text) for item in content.media)
        return content.target, content.platform, content.text, pictures


def test_ten_thousand_random_orders_let_nothing_through_that_was_not_approved() -> None:
    accepted = refused = 0
    for seed in range(ORDERS):
        chance = random.Random(seed)
        desk = Desk(chance)
        acts = [desk.edit, desk.keep, desk.approve, desk.take_back, desk.schedule, desk.tamper, desk.check]
        weights = (3, 3, 4, 1, 4, 1, 3)
        for act in chance.choices(acts, weights, k=20):
            act()
        desk.check()
        accepted, refused = accepted + desk.accepted, refused + desk.refused
    assert accepted > ORDERS
    assert refused > ORDERS // 10
