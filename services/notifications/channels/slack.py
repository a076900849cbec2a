"""
By a Slack incoming webhook. Sources: docs.slack.dev, text objects and incoming webhooks, read 2026-11-21.

Slack knows no message id, so what had no clear answer is not sent again.
"""

from services.kit.errors import OutcomeUnknown, RateLimited, Rejected, Unavailable
from services.kit.outside import post_outside
from services.kit.text import clip, one_line
from services.notifications.carrier import Door, Line, Message, Target

_TEXT_MOST = 2_900  # a text object holds 3,000 characters
_SIGNS = {"urgent": ":red_circle:", "warning": ":large_orange_circle:", "info": ":large_blue_circle:"}


class Slack:
    """One message into one Slack channel."""

    is_repeatable = False

    def send(self, message: Message, target: Target, door: Door) -> str:
        answer = post_outside(door.http, target.address, door.look_up, json=payload(message))
        told = clip(one_line(answer.text), 120)
        if answer.status == 200:
            return told
        if answer.status == 429:
            raise RateLimited("Slack asks to wait.", retry_at=door.now + answer.wait)
        if answer.status == 503:
            raise Unavailable("Slack is not available just now.")
        if answer.status >= 500:
            raise OutcomeUnknown(f"Slack answered {answer.status} {told}".strip())
        raise Rejected(f"Slack answered {answer.status} {told}".strip())


def payload(message: Message) -> dict[str, object]:
    """The body: one block per matter. No word from outside can call people, link elsewhere or name a channel."""
    blocks = [_section(_words(line)) for line in message.lines]
    if message.left_out:
        blocks.append(_section(f"And {message.left_out} more: <{message.inbox}|open the inbox>"))
    return {"text": clip(mrkdwn(message.subject), 300), "blocks": blocks}


def mrkdwn(text: str) -> str:
    """Text in which Slack reads no control sequence: `<!channel>`, `<@user>` and links all begin with `<`."""
    return " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _words(line: Line) -> str:
    often = f"  ({line.count}×)" if line.count > 1 else ""
    body = f"\n{mrkdwn(line.body)}" if line.body else ""
    return f"{_SIGNS[line.severity]} {mrkdwn(line.title)}{often}{body}\n<{line.address}|Open>"


def _section(text: str) -> dict[str, object]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:_TEXT_MOST], "verbatim": True}}
