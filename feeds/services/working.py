"""Many pieces of work, spread over processes where that pays."""

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Protocol, Self, TypeVar

from feeds.errors import EngineError

Piece = TypeVar("Piece")
Result = TypeVar("Result")

#: How much work pays for processes, in seconds: they take about as long to start.
_WORTH_PROCESSES = 0.5

#: About how long the pieces that are handed over together take, in seconds.
_AT_ONCE = 0.03


class Progress(Protocol):
    """Someone who wants to know how far long work has come."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Learn that ``done`` of ``total`` pieces of ``stage`` are done."""


def quietly(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


class Workers:
    """The processes of one pass: started when work first pays for them, ended with the ``with`` block.

    Less work than ``worth``, in seconds, is done here and now.
    """

    def __init__(self, progress: Progress, *, worth: float = _WORTH_PROCESSES) -> None:
        self._progress = progress
        self._worth = worth
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._executor:
            self._executor.shutdown(cancel_futures=True)

    def work(
        self, do: Callable[[Piece], Result], pieces: Sequence[Piece], *, stage: str, cost: float
    ) -> Iterator[Result]:
        """Yield the result of each piece, in the order of the pieces; one takes about ``cost`` seconds.

        ``do`` is a function of a module, or a method of a noun, that processes
        can be handed; what it raises is raised here.  Raises `EngineError` when
        a process was killed.
        """
        if len(pieces) * cost < self._worth:
            yield from self._counted(map(do, pieces), len(pieces), stage)
            return
        results = self._processes().map(do, pieces, chunksize=max(1, int(_AT_ONCE / cost)))
        try:
            yield from self._counted(results, len(pieces), stage)
        except BrokenProcessPool as error:
            raise EngineError(
                f"{stage}: a process ended before its work was done, perhaps for want of memory. "
                "Nothing is lost: the next refresh goes on from here."
            ) from error

    def _processes(self) -> ProcessPoolExecutor:
        if self._executor is None:
            # What is loaded stays: the collector need not look at it again.
            # Forking a process that has threads is not safe; a fork server has none.
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(
                ["feeds.services.reading", "feeds.services.making", "bleach", "markdown_it", "mdit_py_plugins", "nh3"]
            )
            self._executor = ProcessPoolExecutor(
                len(os.sched_getaffinity(0)), mp_context=context, initializer=gc.freeze
            )
        return self._executor

    def _counted(self, results: Iterator[Result], total: int, stage: str) -> Iterator[Result]:
        often = max(1, total // 200)
        for done, result in enumerate(results, start=1):
            yield result
            if done % often == 0 or done == total:
                self._progress(stage, done, total)
