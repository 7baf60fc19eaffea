"""Work on hostile text must end. How fast it is, `bench/` says; here only what would go on and on is stopped."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

LIMIT = 30.0
"""Seconds of this process's own processor time, whatever else the machine does: all of this takes less than one."""


@contextmanager
def ends() -> Iterator[None]:
    """Fails what has not ended within `LIMIT`: text that costs its length twice over takes many times that."""

    def stop(_: int, __: FrameType | None) -> None:
        raise AssertionError(f"this has not ended within {LIMIT:g} s of processor time")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
