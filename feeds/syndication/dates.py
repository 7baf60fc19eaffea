"""Moments as the standards write them, whatever the locale of the process."""

from datetime import UTC, datetime
from email.utils import format_datetime


def rfc822(moment: datetime) -> str:
    """Return an aware ``moment`` as ``Mon, 01 Jan 2024 12:00:00 GMT``.

    RFC 822 with a four-digit year, in the one zone that every reader understands.
    """
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def rfc3339(moment: datetime) -> str:
    """Return an aware ``moment`` as ``2024-01-01T12:00:00Z``: whole seconds in UTC."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
