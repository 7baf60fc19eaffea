"""Instants as the tables keep them: whole seconds since 1970 in UTC."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


def to_seconds(instant: datetime) -> int:
    """Return the whole seconds since 1970, also for years that a C library does not know."""
    return (instant - _EPOCH) // _SECOND


def from_seconds(seconds: int) -> datetime:
    """Return the aware datetime in UTC."""
    return _EPOCH + timedelta(seconds=seconds)
