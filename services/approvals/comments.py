"""What members say to each other about a draft, and whom they mention. Nothing of it reaches a platform."""

import re
from collections.abc import Mapping
from uuid import UUID

from services import creative, identity
from services.approvals.errors import CommentEmpty, CommentNotFound
from services.approvals.models import Comment
from services.events import CommentWritten
from services.kit.db import Tx

COMMENT_MAX = 2000


def mentioned(body: str, names: Mapping[UUID, str]) -> list[UUID]:
    """
    Who is meant by "@name", in capitals or not; where one name begins like another, the longer is meant.

    Two members of one name are both meant.
    """
    found: set[UUID] = set()
    by_length = sorted({name.strip() for name in names.values() if name.strip()}, key=lambda name: (-len(name), name))
    for match in re.finditer(r"(?<!\w)@", body):
        rest = body[match.end() :].casefold()
        hit = next((name for name in by_length if _begins(rest, name.casefold())), None)
        found |= {user_id for user_id, name in names.items() if hit is not None and name.strip() == hit}
    return sorted(found)


def _begins(rest: str, name: str) -> bool:
    """Whether the text begins with this name as a whole word."""
    return rest.startswith(name) and not rest[len(name) : len(name) + 1].isalnum()


def comment(tx: Tx, draft_id: UUID, body: str, version_id: UUID | None = None) -> UUID:
    """
    Say something about a draft; members named with @ are told. Returns the comment's id.

    :raises CommentEmpty: no words, or over 2,000 characters
    :raises creative.DraftNotFound: no such draft in this organisation
    """
    identity.demand(tx, identity.Act.MAKE)
    if tx.user_id is None:  # words are a person's
        raise identity.RoleTooLow()
    text = body.strip()
    if not 1 <= len(text) <= COMMENT_MAX:
        raise CommentEmpty()
    creative.draft(tx, draft_id)
    named = mentioned(text, {one.user_id: one.display_name for one in identity.members(tx)})
    made = tx.new_id()
    tx.run(
        "insert into app.draft_comments (id, org_id, draft_id, version_id, body, mentions, written_by, written_at) "
        "values (%(id)s, %(org)s, %(draft)s, %(version)s, %(body)s, %(mentions)s, %(user)s, %(now)s)",
        {
            "id": made,
            "org": tx.org_id,
            "draft": draft_id,
            "version": version_id,
            "body": text,
            "mentions": named,
            "user": tx.user_id,
            "now": tx.now,
        },
    )
    identity.audit(tx, "commented", "draft", draft_id)
    tx.emit(CommentWritten(made))
    return made


def comments_of(tx: Tx, draft_id: UUID) -> list[Comment]:
    """What was said about a draft, the oldest first."""
    return _read(tx, draft_id, None)


def comment_of(tx: Tx, comment_id: UUID) -> Comment:
    """:raises CommentNotFound: it was taken away, or is not in this organisation"""
    found = _read(tx, None, comment_id)
    if not found:
        raise CommentNotFound()
    return found[0]


def _read(tx: Tx, draft_id: UUID | None, comment_id: UUID | None) -> list[Comment]:
    return tx.all(
        "select c.id, c.draft_id, v.number as version_number, c.body, c.mentions, c.written_by, "
        "coalesce(m.display_name, 'A former member') as written_by_name, c.written_at from app.draft_comments c "
        "left join app.draft_versions v on v.id = c.version_id "
        "left join app.org_members m on m.user_id = c.written_by and m.org_id = c.org_id "
        "where c.removed_at is null and (c.draft_id = %(draft)s or c.id = %(id)s) order by c.written_at, c.id",
        {"draft": draft_id, "id": comment_id},
        Comment,
    )


def remove_comment(tx: Tx, comment_id: UUID) -> None:
    """Take one's own words away. :raises CommentNotFound: there are none, or they are somebody else's"""
    identity.demand(tx, identity.Act.MAKE)
    if not tx.run(
        "update app.draft_comments set removed_at = %(at)s where id = %(id)s and written_by = %(user)s",
        {"id": comment_id, "at": tx.now, "user": tx.user_id},
    ):
        raise CommentNotFound()
