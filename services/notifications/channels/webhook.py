"""
To an address of the organisation's own, signed. Described for receivers in docs/webhooks.md.

`Loopdesk-Signature: v1=<hex>` is HMAC-SHA256 with the signing key over `<Loopdesk-Timestamp>.<body>`, where the
timestamp is seconds since 1970. Receivers refuse what is older than five minutes, and forget a repeated
`Loopdesk-Delivery`.
"""

import hashlib
import hmac
import json
from datetime import datetime

from services.kit.errors import RateLimited, Rejected, Unavailable
from services.kit.outside import post_outside
from services.kit.text import clip, one_line
from services.notifications.carrier import Door, Message, Target


class Webhook:
    """One signed JSON message."""

    is_repeatable = True

    def send(self, message: Message, target: Target, door: Door) -> str:
        body = body_of(message)
        answer = post_outside(
            door.http,
            target.address,
            door.look_up,
            content=body,
            headers={
                "Content-Type": "application/json",
                "User-Agent": "Loopdesk",
                "Loopdesk-Delivery": str(message.id),
                **signature(body, target.signing_key, door.now),
            },
        )
        if 200 <= answer.status < 300:
            return str(answer.status)
        told = f"It answered {answer.status} {clip(one_line(answer.text), 120)}".strip()
        if answer.status == 429:
            raise RateLimited(told, retry_at=door.now + answer.wait)
        if answer.status >= 500 or answer.status == 408:
            raise Unavailable(told)
        raise Rejected(told)


def signature(body: bytes, key: str, now: datetime) -> dict[str, str]:
    """The headers that prove who sent this body, and when."""
    timestamp = str(int(now.timestamp()))
    mac = hmac.new(key.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {"Loopdesk-Timestamp": timestamp, "Loopdesk-Signature": f"v1={mac}"}


def body_of(message: Message) -> bytes:
    """The same bytes at every try, but for the signature's instant."""
    told = {
        "id": str(message.id),
        "organisation_id": str(message.org_id),
        "is_test": message.is_test,
        "left_out": message.left_out,
        "messages": [
            {
                "category": line.category,
                "severity": line.severity,
                "title": line.title,
                "body": line.body,
                "address": line.address,
                "count": line.count,
                "told_at": line.told_at.isoformat(),
            }
            for line in message.lines
        ],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
