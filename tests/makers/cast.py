"""The cast, which never changes: Ana owns Acme, Ben edits there, Vera looks, Cleo belongs elsewhere."""

from dataclasses import dataclass
from uuid import UUID

from services.kit.db import Scope
from tests.makers.world import World


@dataclass(frozen=True)
class Cast:
    """Scopes of people, of the worker for Acme, and of nobody; `acme` and `brand` are ids in Ana's organisation."""

    acme: UUID
    other: UUID
    brand: UUID
    ana: Scope
    ben: Scope
    vera: Scope
    cleo: Scope
    worker: Scope
    nobody: Scope


def make_person(world: World, email: str) -> UUID:
    user_id = world.web.ids.new()
    with world.superuser() as connection:
        connection.execute("insert into auth.users (id, email) values (%s, %s)", [user_id, email])
    return user_id


def make_org(world: World, name: str) -> UUID:
    org_id = world.web.ids.new()
    with world.superuser() as connection:
        connection.execute("insert into app.organisations (id, name) values (%s, %s)", [org_id, name])
    return org_id


def join(world: World, user_id: UUID, org_id: UUID, role: str, name: str, email: str) -> Scope:
    with world.superuser() as connection:
        connection.execute(
            "insert into app.org_members (user_id, org_id, role, display_name, email) values (%s, %s, %s, %s, %s)",
            [user_id, org_id, role, name, email],
        )
    return Scope(org_id, user_id)


def make_brand(world: World, org_id: UUID, name: str = "Acme", zone: str = "Europe/Berlin") -> UUID:
    brand_id = world.web.ids.new()
    with world.superuser() as connection:
        connection.execute(
            "insert into app.brands (id, org_id, name, web_address, time_zone, colours, created_at, updated_at) "
            "values (%s, %s, %s, 'https://acme.example', %s, '{#4B47D1,#FFD9A0}', now(), now())",
            [brand_id, org_id, name, zone],
        )
    return brand_id


def make_cast(world: World) -> Cast:
    acme, other = make_org(world, "Acme"), make_org(world, "Elsewhere")
    scopes = {}
    for name, org, role in (
        ("Ana", acme, "owner"),
        ("Ben", acme, "editor"),
        ("Vera", acme, "viewer"),
        ("Cleo", other, "owner"),
    ):
        email = f"{name.lower()}-{world.web.ids.new().hex[-8:]}@example.com"
        scopes[name] = join(world, make_person(world, email), org, role, name, email)
    return Cast(
        acme,
        other,
        make_brand(world, acme),
        scopes["Ana"],
        scopes["Ben"],
        scopes["Vera"],
        scopes["Cleo"],
        worker=Scope(acme),
        nobody=Scope(None),
    )
