"""Worlds whose messages really leave: to a mail server and to a receiver on this machine."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from pydantic import SecretStr

from services.kit.app import App
from services.kit.mail import Smtp
from tests.makers.world import World
from tests.stand_ins.mail_server import MailServer, mail_server
from tests.stand_ins.receiver import Receiver, receiver

SENDER = "Loopdesk <desk@acme.example>"


@dataclass(frozen=True)
class Out:
    """`web` and `worker` as in the world, with both ways out."""

    web: App
    worker: App
    receiver: Receiver
    mail: MailServer


@pytest.fixture
def out(world: World) -> Iterator[Out]:
    with receiver() as receives, mail_server() as mails:
        door, client = Smtp(SecretStr(mails.url), SENDER, 5.0), receives.reaching()
        web, worker = (replace(app, http=client, mail=door) for app in (world.web, world.worker))
        yield Out(web, worker, receives, mails)
        client.close()
