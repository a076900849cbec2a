"""
X, a thread: posts that each reply to the former, sent one by one. Pictures go with the first.

Why no part can go out twice:

1. Parts are sent in order. The id of each is committed with `door.keep` before the next call, under the attempt's
   fence: a worker that lost the post ends there, and sends nothing more. So at any instant at most one part is in
   doubt: the first one whose id is not kept. Later ones were certainly never sent by us.
2. A call without an answer (or a death before `keep`) ends the attempt as unknown. `find` looks for that one part on
   the account's own timeline: a later part by its words as a reply to the former one, whose id we know; the first
   by the keys of its media, or without media by its words since the intent. Two doubts are left out there: a post that
   the account has replied to already (ours has no second part yet), and everything after a duplicate refusal, which
   says that the words are another post's.
3. Found, and parts remain: `is_absent` with the id added to `remote`. That is true by 1: what remains was never sent.
   The core starts a new attempt with this `remote`, and `publish` skips every part whose id stands in it.
4. Not found: nothing is claimed, since a timeline can be late. Looks go on, then a person is asked; their "it is not
   there" starts an attempt that has all kept ids and begins at the part in doubt, never before it. Their "it is
   there" must name a post of the timeline in the place of the part in doubt; the rest then follows as in 3.
5. Found, and none remain (or all ids were kept before a death): it is live, proven by the ids.
6. Once the first part is out, nothing here says `NotProcessed`: that would empty `remote` and send it again.
7. A refusal in the middle (quota, a right, the content) is certain about its own part alone: ids stay in `remote`, so
   whatever follows, tomorrow or by a person's "try again", begins at that part.

Left is what no client can exclude: a worker that sleeps between `keep` and the next call for longer than all looks
and a person's answer take. Its next `keep` then ends it, and X refuses the same words as a duplicate.
"""

from datetime import datetime

from services.approvals import SealedContent
from services.kit.errors import ProviderError
from services.kit.x import is_duplicate
from services.kit.x_text import longest_part, parts_of
from services.publishing.platforms.x.costs import cost_of_thread
from services.publishing.platforms.x.known import is_ours, media_keys, replied_to
from services.publishing.platforms.x.uploads import demand_alive, media_ids, upload_images
from services.publishing.platforms.x.wire import (
    CLOCKS_APART,
    IMAGES,
    RECENT_MOST,
    Row,
    address,
    body_of,
    create,
    made_at,
    receipt,
    spec,
    timeline,
)
from services.publishing.publisher import Door, Order, Receipt, Remote, Sighting

_DUPLICATE = "duplicate"  # in `remote`: X refused the first part as one


class Thread:
    """Parts stand apart by a line `---`. Its receipt is the first part's."""

    spec = spec(
        "thread",
        "Thread",
        media_types=IMAGES,
        media_max=4,
        bytes_max=5_000_000,
        count=longest_part,
        cost=lambda text, alt_texts: cost_of_thread(text, alt_texts=alt_texts),
    )

    def prepare(self, order: Order, door: Door) -> Remote:
        return upload_images(order, door)

    def poll(self, remote: Remote, door: Door) -> bool:
        if _name(1) not in remote:
            demand_alive(remote, door)
        return True

    def publish(self, order: Order, remote: Remote, door: Door) -> Receipt:
        """:raises ProviderError: as one post; the sentence then says how many parts are public"""
        parts, sent = parts_of(order.content.text), dict(remote)
        for number, text in enumerate(parts, 1):
            if _name(number) in sent:
                continue
            former = sent.get(_name(number - 1), "")
            media = media_ids(order.content, sent) if number == 1 else []
            try:
                sent[_name(number)] = create(door, body_of(order.content, text, media, former))
            except ProviderError as error:
                if number == 1 and is_duplicate(error):
                    door.keep({_DUPLICATE: "yes"})
                if number > 1:
                    error.detail = f"{number - 1} of {len(parts)} parts are public. {error.sentence}"
                    error.args = (error.detail,)
                raise
            door.keep(sent)
        return Receipt(sent[_name(1)], permalink=address(door, sent[_name(1)]))

    def find(self, content: SealedContent, remote: Remote, since: datetime, door: Door) -> Sighting:
        """Look for the part in doubt; the module's text says why the answer is safe."""
        return _sighting(content, remote, dict(remote), _rows(door, since), door)

    def public_in(self, remote: Remote) -> Remote:
        return {name: told for name, told in remote.items() if name.startswith("part")}

    def stands(self, content: SealedContent, remote: Remote) -> str:
        known, count = len(_ids(remote)), len(parts_of(content.text))
        if not 0 < known < count:
            return ""
        rest = "" if known + 1 == count else ", and the rest after it"
        return (
            f"{known} of {count} parts are public. Part {known + 1} is in doubt: give the address of that very post, a "
            f"reply to part {known}; or say that it is not there, and it is sent{rest}."
        )

    def with_named(self, content: SealedContent, remote: Remote, address: str, since: datetime, door: Door) -> Sighting:
        """Taken at a person's word where the post stands in the place of the part in doubt, whatever its words."""
        known, rows, named = dict(remote), _rows(door, since), _id_in(address)
        following = len(_ids(remote)) + 1
        fits = any(row["id"] == named and replied_to(row) == known.get(_name(following - 1), "") for row in rows)
        if not fits and named not in _ids(remote):
            return Sighting()
        if fits and following <= len(parts_of(content.text)):
            known[_name(following)] = named
        return _sighting(content, remote, known, rows, door)

    def recent(self, door: Door) -> list[Receipt]:
        return [receipt(door, row) for row in timeline(door, most=RECENT_MOST)]

    def permalink(self, remote_id: str, door: Door) -> str | None:
        return address(door, remote_id)


def _sighting(content: SealedContent, remote: Remote, known: Remote, rows: list[Row], door: Door) -> Sighting:
    """From what is known by now, and what the timeline shows beyond it."""
    parts = parts_of(content.text)
    for number, text in enumerate(parts, 1):
        if _name(number) not in known:
            row = _part(rows, number, text, known)
            if row is None:
                break
            known[_name(number)] = row["id"]
    if all(_name(number) in known for number in range(1, len(parts) + 1)):
        first = known[_name(1)]
        at = next((made_at(row) for row in rows if row["id"] == first), None)
        return Sighting((Receipt(first, at, address(door, first)),), is_live=True)
    return Sighting(is_absent=known != remote, remote=known if known != remote else {})


def _rows(door: Door, since: datetime) -> list[Row]:
    return [row for row in timeline(door, since=since, replies=True) if _is_since(row, since)]


def _ids(remote: Remote) -> list[str]:
    """Of the parts whose ids are kept, in order."""
    return [remote[_name(number)] for number in range(1, len(remote) + 1) if _name(number) in remote]


def _id_in(address: str) -> str:
    """`https://x.com/acme/status/7?s=20` and `7` are both `7`."""
    return address.strip().partition("?")[0].rstrip("/").rpartition("/")[2]


def _part(rows: list[Row], number: int, text: str, known: Remote) -> Row | None:
    """The oldest post that is this part: alone for the first, else a reply to the former one."""
    former = known[_name(number - 1)] if number > 1 else ""
    media = known if number == 1 else {}
    found = [row for row in rows if replied_to(row) == former and is_ours(row, text, media)]
    if number == 1 and not media_keys(media):
        answered = {replied_to(row) for row in rows}
        found = [row for row in found if row["id"] not in answered and _DUPLICATE not in known]
    return found[-1] if found else None


def _is_since(row: Row, since: datetime) -> bool:
    at = made_at(row)
    return at is not None and at >= since - CLOCKS_APART


def _name(number: int) -> str:
    return f"part{number}"
