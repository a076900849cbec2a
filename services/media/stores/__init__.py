"""Where files lie: a folder of this machine, or Supabase Storage."""

from services.kit.clock import Clock
from services.kit.config import Settings
from services.kit.crypto import AddressSigner
from services.kit.files import Files
from services.kit.http import make_client
from services.media.stores.folder import FolderStore
from services.media.stores.supabase import SupabaseStore

_STORAGE_TIMEOUT_SECONDS = 60.0  # a clip of 200 MB in pieces; per phase, not in all


def open_store(settings: Settings, signer: AddressSigner, clock: Clock) -> Files:
    """The store of the running mode."""
    if settings.is_hosted:
        return SupabaseStore(
            settings.supabase_url,
            settings.supabase_secret_key.get_secret_value(),
            settings.supabase_bucket,
            make_client(_STORAGE_TIMEOUT_SECONDS),
            clock,
            settings.media_public_url,
        )
    return FolderStore(settings.loopdesk_data / "files", settings.media_url, signer, clock)
