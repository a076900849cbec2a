"""auth.users (embedded), private.credentials, app.organisations, app.org_members."""

from uuid import UUID

from pydantic import BaseModel

from services.identity.models import Member, Newcomer, Organisation, Role
from services.kit.db import Tx


class Credentials(BaseModel):
    user_id: UUID
    email: str
    password_hash: str


def find_credentials(tx: Tx, email: str) -> Credentials | None:
    return tx.one(
        "select u.id as user_id, u.email, c.password_hash from auth.users u "
        "join private.credentials c on c.user_id = u.id where u.email = %(email)s and u.deleted_at is null",
        {"email": email},
        Credentials,
    )


def email_is_taken(tx: Tx, email: str) -> bool:
    return bool(tx.value("select exists (select from auth.users where email = %(email)s)", {"email": email}))


def insert_person(tx: Tx, newcomer: Newcomer) -> bool:
    """Record a person the embedded provider made; False where the e-mail was taken meanwhile."""
    if newcomer.password_hash is None:
        return True
    values = {"id": newcomer.user_id, "email": newcomer.email, "hash": newcomer.password_hash, "now": tx.now}
    added = tx.run(
        "insert into auth.users (id, email, email_confirmed_at) values (%(id)s, %(email)s, %(now)s) "
        "on conflict do nothing",
        values,
    )
    if added:
        tx.run("insert into private.credentials values (%(id)s, %(hash)s, %(now)s)", values)
    return bool(added)


def store_password(tx: Tx, user_id: UUID, password_hash: str) -> None:
    tx.run(
        "insert into private.credentials (user_id, password_hash, changed_at) values (%(user)s, %(hash)s, %(now)s) "
        "on conflict (user_id) do update set password_hash = excluded.password_hash, changed_at = excluded.changed_at",
        {"user": user_id, "hash": password_hash, "now": tx.now},
    )


def any_organisation(tx: Tx) -> bool:
    return bool(tx.value("select exists (select from app.organisations)", {}))


def wait_for_set_up(tx: Tx) -> None:
    """Two set-ups with two links go one after the other."""
    tx.value("select pg_advisory_xact_lock(hashtext('identity.set_up'))", {})


def insert_organisation(tx: Tx, org_id: UUID, name: str) -> None:
    tx.run(
        "insert into app.organisations (id, name, created_at) values (%(id)s, %(name)s, %(now)s)",
        {"id": org_id, "name": name, "now": tx.now},
    )


def insert_member(tx: Tx, user_id: UUID, org_id: UUID, role: Role, name: str, email: str) -> bool:
    """False where this person is a member already."""
    return bool(
        tx.run(
            "insert into app.org_members (user_id, org_id, role, display_name, email, joined_at) "
            "values (%(user)s, %(org)s, %(role)s, %(name)s, %(email)s, %(now)s) on conflict do nothing",
            {"user": user_id, "org": org_id, "role": role, "name": name, "email": email, "now": tx.now},
        )
    )


def organisations_of(tx: Tx, user_id: UUID) -> list[Organisation]:
    """Across organisations: the longest membership first."""
    return tx.all(
        "select o.id, o.name from app.org_members m join app.organisations o on o.id = m.org_id "
        "where m.user_id = %(user)s order by m.joined_at, o.id",
        {"user": user_id},
        Organisation,
    )


def members(tx: Tx) -> list[Member]:
    return tx.all(
        "select user_id, org_id, role, display_name, email, joined_at from app.org_members "
        "order by array_position(array['owner', 'admin', 'editor', 'viewer'], role), lower(display_name), user_id",
        {},
        Member,
    )


def lock_members(tx: Tx) -> list[Member]:
    """Everybody who is no owner, and the owners where an owner asks; held, so that two changes cannot cross."""
    return tx.all(
        "select user_id, org_id, role, display_name, email, joined_at from app.org_members order by user_id for update",
        {},
        Member,
    )


def set_role(tx: Tx, user_id: UUID, role: Role) -> None:
    tx.run("update app.org_members set role = %(role)s where user_id = %(user)s", {"user": user_id, "role": role})


def delete_member(tx: Tx, user_id: UUID) -> None:
    tx.run("delete from app.org_members where user_id = %(user)s", {"user": user_id})


def rename(tx: Tx, user_id: UUID, name: str) -> None:
    tx.run(
        "update app.org_members set display_name = %(name)s where user_id = %(user)s", {"user": user_id, "name": name}
    )
