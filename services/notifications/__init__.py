"""What people are told, once per object and cause."""

from services.notifications.models import Notice
from services.notifications.service import notices, open_notice, read_all, tell, unread

__all__ = ["Notice", "notices", "open_notice", "read_all", "tell", "unread"]
