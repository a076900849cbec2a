"""Who is asking, and is it their account?"""

from services.practice import tokens
from services.practice.seeds import INSTAGRAM_ACCOUNTS, InstagramAccount
from services.practice.wire.calls import Call
from services.practice.wire.errors import not_visible


def own_account(call: Call, *scopes: str) -> InstagramAccount:
    """The account of the token. :raises GraphError: 104, 190, 10"""
    token = tokens.read_token(call)
    tokens.require(token, *scopes)
    return INSTAGRAM_ACCOUNTS[token.subject]


def owned_account(call: Call, account_id: str, *scopes: str) -> InstagramAccount:
    """The account in the path. :raises GraphError: 100/33 when it is not the token's own, and as `own_account`"""
    account = own_account(call, *scopes)
    if account_id not in (account.id, "me"):
        raise not_visible(account_id, "instagram")
    return account
