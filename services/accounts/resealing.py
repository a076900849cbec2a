"""When the sealing key changes, what older keys sealed is sealed again; then the old key can go."""

import logging

from services.accounts import vault
from services.kit.app import App
from services.kit.crypto import SealBroken

_log = logging.getLogger("loopdesk.accounts")


def reseal_tokens(app: App, limit: int = 100) -> int:
    """For the clockwork: seal tokens of older keys again with the current one; returns how many channels."""
    if not app.sealer.older:
        return 0
    with app.admin_tx() as tx:
        found = vault.claim_sealed_by(tx, app.sealer.older, limit)
        done = 0
        for kept in found:
            try:
                access = app.sealer.reseal(kept.access_token, vault.bound_to(kept.channel_id))
                place = vault.bound_to(kept.channel_id, vault.REFRESH)
                refresh = app.sealer.reseal(kept.refresh_token, place) if kept.refresh_token else None
            except SealBroken:
                _log.error("the token of channel %s cannot be opened; it must be connected again", kept.channel_id)
                continue
            vault.put_resealed(tx, kept.channel_id, vault.Pair(app.sealer.current, access, refresh))
            done += 1
    return done
