"""What a person could do by hand at a running desk, done through the same services: quick ways to a full desk."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services import approvals, creative, publishing, wiring
from services.kit.app import App
from services.kit.config import Settings
from services.kit.db import Scope
from tests.browser.desk import Desk
from tests.browser.steps import ZONE, Person


@dataclass(frozen=True)
class Ad:
    """An ad to be made; `picture` is a file of the sample workspace, `fields` the template's other texts."""

    headline: str
    picture: str
    caption: str
    template: str = "headline"
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        return self.headline.rstrip(".!")


@contextmanager
def opened(desk: Desk) -> Iterator[App]:
    """An App over the database and files of a running desk."""
    settings = Settings(loopdesk_data=desk.data, public_url=desk.base, practice_url=desk.practice, _env_file=None)
    app = wiring.build("web", settings)
    try:
        yield app
    finally:
        app.close()


@dataclass(frozen=True)
class Hands:
    """One person's hands, over an App."""

    app: App
    scope: Scope
    brand: UUID
    pictures: dict[str, UUID]
    channels: dict[str, UUID]

    @property
    def org_id(self) -> UUID:
        assert self.scope.org_id is not None
        return self.scope.org_id

    def draft(self, ad: Ad, evidence: Sequence[UUID] = ()) -> UUID:
        """Make the ad; returns the draft's id."""
        words = {"name": ad.name, "caption": ad.caption, "template": ad.template, "alt_text": f"{ad.name}: an ad"}
        fields = {"headline": ad.headline, "picture": str(self.pictures[ad.picture]), **dict(ad.fields)}
        with self.app.tx(self.scope) as tx:
            made = creative.create_draft(tx, self.brand, template=ad.template)
            creative.save_draft(tx, made.id, fields, **words)
            for ad_id in evidence:
                creative.attach_evidence(tx, made.id, ad_id)
        return made.id

    def ask(self, ad: Ad, note: str = "", wanted_at: datetime | None = None, evidence: Sequence[UUID] = ()) -> UUID:
        """Make the ad and send it for approval; returns the request's id."""
        version = creative.keep_version(self.app, self.scope, self.draft(ad, evidence))
        with self.app.tx(self.scope) as tx:
            return approvals.ask(tx, version.id, note=note, wanted_at=wanted_at)

    def approve(
        self, request_id: UUID, due_at: datetime | None, platforms: Sequence[str] = ("instagram", "facebook")
    ) -> list[publishing.Post]:
        """Approve for these channels and plan each post; `due_at` None is now."""
        with self.app.tx(self.scope) as tx:
            given = approvals.approve(tx, request_id, [self.channels[one] for one in platforms])
            return [publishing.plan_post(tx, one.id, due_at, ZONE) for one in given]


def hands(app: App, desk: Desk, person: Person) -> Hands:
    """The hands of somebody who has an account at this desk."""
    ((user, org, brand),) = desk.ask(
        "select m.user_id, m.org_id, b.id from app.org_members m join app.brands b using (org_id) where m.email = %s",
        person.email,
    )
    pictures = dict(desk.ask("select original_name, id from app.assets where source = 'sample' and deleted_at is null"))
    connected = desk.ask("select platform, id from app.channels where state = 'connected' order by created_at desc")
    return Hands(app, Scope(org, user), brand, pictures, dict(connected))
