"""Noticing at once that something below a directory changed.

A convenience only: where the file system reports nothing (network mounts), or
the directory is gone, the periodic scan alone is enough.
"""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import structlog
from watchfiles import Change, watch

log = structlog.get_logger("feeds.engine")

#: How long changes are gathered before they are told, while more come within a step, in milliseconds.
_GATHER = 50
_STEP = 5

#: How often the directory itself is looked for, in milliseconds: it may have been replaced.
_LOOK_EVERY = 1000


def _nobody(_replaced: frozenset[str]) -> None:
    """Tell nobody."""


class Watcher:
    """Calls ``changed`` from a thread of its own, some 10 ms after something below ``directory`` changed.

    It is given the paths, relative to ``directory``, or None when anything may
    have changed.  Before that, ``replaced`` is given those that something else
    came to, as by a rename, or the first file of that name.
    """

    def __init__(
        self,
        directory: Path,
        changed: Callable[[frozenset[str] | None], None],
        replaced: Callable[[frozenset[str]], None] = _nobody,
    ) -> None:
        self._directory = directory
        # Events name what the links lead to.
        self._watched = directory.resolve()
        self._changed = changed
        self._replaced = replaced
        self._stop = Event()
        self._thread = Thread(target=self._run, name="watcher", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """End watching."""
        self._stop.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        while not self._stop.is_set():
            inode = self._inode()
            if inode is not None:
                self._watch(inode)
            self._stop.wait(_LOOK_EVERY / 1000)

    def _watch(self, inode: int) -> None:
        """Watch until the directory is another one, or gone.

        The first yield comes when watching has begun: what changed before that was not seen.
        """
        seen_so_far = False
        try:
            for changes in watch(
                self._watched,
                debounce=_GATHER,
                step=_STEP,
                stop_event=self._stop,
                rust_timeout=_LOOK_EVERY,
                yield_on_timeout=True,
                raise_interrupt=False,
            ):
                replaced = self._inode() != inode
                if replaced or not seen_so_far:
                    self._changed(None)
                elif changes:
                    self._replaced(frozenset(self._relative(path) for how, path in changes if how is Change.added))
                    self._changed(frozenset(self._relative(path) for _, path in changes))
                seen_so_far = True
                if replaced:
                    return
        except OSError as error:
            log.warning("file events cannot be had: the periodic scan alone notices changes", reason=str(error))

    def _relative(self, path: str) -> str:
        return Path(path).relative_to(self._watched).as_posix()

    def _inode(self) -> int | None:
        try:
            return self._directory.stat().st_ino
        except OSError:
            return None
