"""Telling people: once per occurrence, one message per object and cause."""

from uuid import UUID

from services.events import NoticeTold
from services.kit.db import Tx
from services.kit.redaction import redact
from services.kit.text import clip, one_line
from services.notifications.kinds import category_of, object_of, severity_of
from services.notifications.models import Category, Severity
from services.notifications.queries import notices
from services.notifications.queries.notices import Said


def tell(
    tx: Tx,
    *,
    kind: str,
    tone: str,
    title: str,
    link: str,
    cause: str,
    body: str = "",
    only: list[UUID] | None = None,
    severity: Severity | None = None,
    category: Category | None = None,
    occurrence: str = "",
    is_shared: bool | None = None,
    leaves: bool = True,
) -> int:
    """
    Tell the organisation's editors, admins and owners (or `only` some) about one thing; returns how many are told anew.

    For the worker: people may not write into each other's inboxes.

    :param cause: names object and cause, its first two parts the object: `post/<id>/failed`. While a message about it
        is unread, another occurrence raises its count; after it was read, it is a new message
    :param occurrence: tells one occurrence from another (an attempt, an instant); the same one is told once, however
        often a job runs. Without it the cause is told once for ever
    :param severity: by `tone` unless given; `category` by `kind`
    :param is_shared: may the organisation's Slack channels and webhooks carry it? Unless given, what `only` some hear
        may not
    :param leaves: False keeps it in the inbox, for news about deliveries themselves
    """
    said = Said(
        kind=kind,
        tone=tone,
        category=category or category_of(kind),
        severity=severity or severity_of(tone),
        title=clip(redact(one_line(title)), 140),
        body=clip(redact(one_line(body)), 300),  # it may hold a platform's own words, and leaves the house
        link=link,
        cause=f"{cause}/{occurrence}" if occurrence else cause,
        matter=cause,
        object=object_of(cause),
        only=only,
        is_shared=only is None if is_shared is None else is_shared,
    )
    telling_id = tx.new_id()
    told = notices.tell(tx, telling_id, said)
    if told and leaves:
        tx.emit(NoticeTold(telling_id))
    return told
