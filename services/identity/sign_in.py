"""Signing in, with a password or with Google."""

import base64
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager

from services.identity.errors import EmailWrong, LinkSpent, TooManyAttempts, WrongSignIn
from services.identity.models import Caller
from services.identity.queries import attempts, links
from services.identity.rules import (
    ATTEMPT_WINDOW,
    ATTEMPTS_PER_ADDRESS,
    ATTEMPTS_PER_EMAIL,
    GOOGLE_LASTS,
    normal_email,
)
from services.identity.sessions import open_session
from services.kit.app import App
from services.kit.db import Tx
from services.kit.ids import token_hash


def sign_in(app: App, email: str, password: str, caller: Caller) -> str:
    """
    Check a password and begin a session; returns its id for the cookie.

    Says the same, after the same time, for a wrong password and for an e-mail nobody has.

    :raises WrongSignIn: e-mail or password is not right
    :raises TooManyAttempts: 5 wrong ones for the e-mail or 30 from the address within 15 minutes
    :raises NoOrganisation: right, but a member nowhere
    """
    try:
        email = normal_email(email)
    except EmailWrong as error:
        raise WrongSignIn() from error
    with sign_in_limit(app, email, caller):
        person = app.identity.check(email, password)
    with app.admin_tx() as tx:
        return open_session(tx, person.user_id, caller)


@contextmanager
def sign_in_limit(app: App, email: str, caller: Caller) -> Iterator[None]:
    """
    Every place that checks a password does so inside: wrong ones are counted by e-mail and by network address.

    :raises TooManyAttempts
    """
    by_email, by_address = token_hash(f"email:{email}"), token_hash(f"address:{caller.address}")
    with app.admin_tx() as tx:
        _count_attempt(tx, by_email, by_address)
    yield
    with app.admin_tx() as tx:
        attempts.forgive(tx, by_email)
        attempts.take_back_one(tx, by_address)


def _count_attempt(tx: Tx, by_email: str, by_address: str) -> None:
    """Count before checking, so that attempts sent together are all counted; a right one is taken back."""
    since = tx.now - ATTEMPT_WINDOW
    for subject in sorted((by_email, by_address)):
        attempts.hold(tx, subject)
    for subject, limit in ((by_email, ATTEMPTS_PER_EMAIL), (by_address, ATTEMPTS_PER_ADDRESS)):
        if attempts.count_since(tx, subject, since) >= limit:
            raise TooManyAttempts()
    attempts.insert_attempt(tx, by_email)
    attempts.insert_attempt(tx, by_address)
    attempts.forget_before(tx, since - ATTEMPT_WINDOW)


def start_google(app: App, return_to: str, next_path: str) -> tuple[str, str]:
    """
    Begin signing in with Google (OAuth with PKCE).

    Returns the address to send the browser to, and a token that its cookie keeps until the return.

    :raises GoogleOff: not set up here
    """
    verifier, flow = app.ids.token(), app.ids.token()
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    address: str = app.identity.google_address(return_to, challenge)
    secret = app.sealer.seal(json.dumps([verifier, next_path]), _bound_to(flow))
    with app.admin_tx() as tx:
        links.insert_link(tx, token_hash(flow), "google", tx.now + GOOGLE_LASTS, secret=secret)
    return address, flow


def finish_google(app: App, flow: str, code: str, caller: Caller) -> tuple[str, str]:
    """
    The browser came back from Google: returns the new session's id, and where the person wanted to go.

    :raises LinkSpent: not the browser that left, too late, or twice
    :raises NoOrganisation: a member nowhere
    """
    with app.admin_tx() as tx:
        link = links.claim_link(tx, token_hash(flow), "google")
    if link is None or link.secret is None:
        raise LinkSpent("Signing in with Google took too long. Try again.")
    verifier, next_path = json.loads(app.sealer.open(link.secret, _bound_to(flow)))
    person = app.identity.google_person(code, verifier)
    with app.admin_tx() as tx:
        return open_session(tx, person.user_id, caller), next_path


def _bound_to(flow: str) -> str:
    return f"one_time_links/{token_hash(flow)}"
