"""When a chat is hidden by itself."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.people import AutoHide

QUIET_FOR = timedelta(hours=1)
"""After the last message in either direction."""

OLDEST = timedelta(hours=47)
"""An hour before Telegram lets nobody delete any more. Source: Bot API, deleteMessage."""


def hides_at(choice: AutoHide, oldest: datetime, newest: datetime, zone: ZoneInfo) -> datetime:
    """When a chat whose messages came between these two moments is to be empty, in the time zone she lives in."""
    match choice:
        case AutoHide.HOUR:
            return newest + QUIET_FOR
        case AutoHide.DAY:
            tomorrow = oldest.astimezone(zone).date() + timedelta(days=1)
            return datetime.combine(tomorrow, time(), tzinfo=zone)
        case AutoHide.BEFORE_48H:
            return oldest + OLDEST
