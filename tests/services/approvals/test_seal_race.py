"""
Edit, keep, approve, schedule, take back, tamper and the publisher's own check, in random orders on the real database.

Nothing goes through but what somebody approved, byte for byte. Pictures are stored once; versions choose among them.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Thread
from uuid import UUID

import psycopg
import pytest

from services import approvals, creative, media, publishing
from services.creative.queries import versions
from services.kit.errors import UserError
from services.publishing.steps.order import Hold, sealed_order
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast
from tests.makers.creative import make_draft
from tests.makers.media import jpeg_bytes, make_asset
from tests.makers.world import World

ORDERS = 300
Sent = tuple[str, tuple[bytes, ...], tuple[str, ...]]


@dataclass
class Desk:
    """One ad, its channels and pictures, and what was approved, as the approver saw it."""

    world: World
    cast: Cast
    chance: random.Random
    draft: creative.Draft
    channels: list[UUID]
    pictures: list[creative.Placed]
    owner: psycopg.Connection
    seen: dict[UUID, Sent] = field(default_factory=dict)
    request: UUID | None = None
    accepted: list[tuple[UUID, Sent]] = field(default_factory=list)
    refused: int = 0

    def edit(self) -> None:
        with self.world.web.tx(self.cast.ana) as tx:
            creative.save_draft(
                tx, self.draft.id, caption=f"Caption {self.chance.random()}", alt_text=self.chance.choice("ab")
            )

    def ask(self) -> None:
        with self.world.web.tx(self.cast.ana) as tx:
            now = creative.draft(tx, self.draft.id)
            one = self.chance.choice(self.pictures)
            placed = [
                one.model_copy(update={"placement": place, "alt_text": now.alt_text}) for place in ("square", "feed")
            ]
            version_id = tx.new_id()
            versions.insert(tx, version_id, now, dict(now.fields), placed, {})
            self.request = approvals.ask(tx, version_id)

    def approve(self) -> None:
        if self.request is None:
            return
        with self.world.web.tx(self.cast.ben) as tx:
            given = approvals.approve(tx, self.request, self.channels)
            contents = {one.id: approvals.content_for(tx, one.version_id, one.channel_id) for one in given}
        for approval_id, content in contents.items():
            self.seen[approval_id] = self.sent(content)

    def schedule(self) -> None:
        if self.seen:
            with self.world.web.tx(self.cast.ben) as tx:
                publishing.plan_post(tx, self.chance.choice(list(self.seen)), None, "Europe/Berlin")

    def take_back(self) -> None:
        if self.request is not None:
            with self.world.web.tx(self.cast.ben) as tx:
                approvals.take_back(tx, self.request)

    def tamper(self) -> None:
        """What nobody may do through us: rows changed by the database's owner."""
        changes = (
            "caption = caption || '!'",
            "link = 'https://x.example'",
            "media = jsonb_set(media, '{0,alt_text}', '\"z\"')",
            "media = jsonb_set(media, '{0,sha256}', to_jsonb(repeat('0', 64)))",
        )
        self.owner.execute(
            f"update app.draft_versions set {self.chance.choice(changes)} where id = (select version_id "
            "from app.approvals where org_id = %s order by approved_at desc, id desc limit 1)",
            [self.cast.acme],
        )

    def spoil(self) -> None:
        """The same for a stored file, while the publisher looks."""
        path = self.world.web.files.path(self.chance.choice(self.pictures).file_key)  # type: ignore[attr-defined]
        kept = path.read_bytes()
        path.write_bytes(kept + b"!")
        self.check()
        path.write_bytes(kept)

    def check(self) -> None:
        """What the publisher asks before it calls, of the newest posts of this ad."""
        with self.world.worker.tx(self.cast.worker) as tx:
            rows = tx.tuples(
                "select p.id from app.posts p join app.draft_versions v on v.id = p.version_id "
                "where v.draft_id = %(draft)s order by p.created_at desc, p.id desc limit 3",
                {"draft": self.draft.id},
            )
            posts = [publishing.post(tx, post_id) for (post_id,) in rows]
        for post in posts:
            try:
                order = sealed_order(self.world.worker, self.cast.worker, post)
            except Hold:
                self.refused += 1
            else:
                self.accepted.append((post.approval_id, self.sent(order.content)))

    def sent(self, content: approvals.SealedContent) -> Sent:
        stored = tuple(media.asset_bytes(self.world.web, item.file_key) for item in content.media)
        return content.text, stored, tuple(item.alt_text for item in content.media)

    def prove(self) -> None:
        for approval_id, sent in self.accepted:
            assert sent == self.seen[approval_id], "something went through that nobody approved"


@pytest.fixture
def desks(world: World, cast: Cast) -> Iterator[list[Desk]]:
    """Three ads side by side, so that what belongs to one could be mistaken for another's."""
    pictures = []
    for colour in ("#aa3300", "#00aa33", "#3300aa"):
        asset = make_asset(world, cast.ana, cast.brand, data=jpeg_bytes(1080, 1080, colour))
        pictures.append(
            creative.Placed(placement="feed", asset_id=asset.id, sha256=asset.sha256, file_key=asset.file_key,
                            width=asset.width, height=asset.height, alt_text="")
        )  # fmt: skip
    channels = [make_channel(world, cast, platform) for platform in ("instagram", "facebook")]
    with psycopg.connect(world.addresses.admin, autocommit=True) as owner:
        yield [
            Desk(world, cast, random.Random(0), make_draft(world, cast), channels, pictures, owner) for _ in range(3)
        ]


def _try(act: object) -> None:
    try:
        act()  # type: ignore[operator]
    except UserError:
        pass  # refused in words: nothing happened


def test_random_orders_on_the_real_database_let_nothing_unsealed_through(desks: list[Desk]) -> None:
    for seed in range(ORDERS):
        desk = desks[seed % len(desks)]
        desk.chance = random.Random(seed)
        acts = [desk.edit, desk.ask, desk.approve, desk.schedule, desk.take_back, desk.tamper, desk.spoil, desk.check]
        for act in desk.chance.choices(acts, (3, 3, 4, 4, 1, 1, 1, 2), k=6):
            _try(act)
    for desk in desks:
        desk.check()
        desk.prove()
    assert sum(len(desk.accepted) for desk in desks) > 50
    assert sum(desk.refused for desk in desks) > 50


def test_people_and_publisher_at_once_let_nothing_unsealed_through(desks: list[Desk]) -> None:
    desk = desks[0]
    desk.edit()
    desk.ask()
    rounds = 25

    def again(*acts: object) -> Thread:
        def run() -> None:
            for _ in range(rounds):
                for act in acts:
                    _try(act)

        return Thread(target=run)

    threads = [again(desk.edit, desk.ask), again(desk.approve, desk.schedule), again(desk.take_back), again(desk.check)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    desk.ask()
    desk.approve()
    with desk.world.web.tx(desk.cast.ben) as tx:
        for one in approvals.approvals_of(tx, desk.request):  # type: ignore[arg-type]
            publishing.plan_post(tx, one.id, None, "Europe/Berlin")
    for _ in range(10):
        desk.check()
    desk.prove()
