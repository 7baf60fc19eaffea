"""Many pieces of work, spread over processes where that pays."""

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import islice
from types import TracebackType
from typing import Protocol, Self, TypeVar

from feeds.errors import EngineError

Piece = TypeVar("Piece")
Result = TypeVar("Result")

#: How much work pays for processes, in seconds: they take about as long to start.
_WORTH_PROCESSES = 0.5

#: About how long the pieces that are handed over together take, in seconds.
_AT_ONCE = 0.05

#: How many such portions are handed over ahead, for each process: enough for it while results are written.
_AHEAD = 16


class Progress(Protocol):
    """Someone who wants to know how far long work has come, and who may end it there by what it raises."""

    def __call__(self, stage: str, done: int, total: int, /) -> None:
        """Learn that ``done`` of ``total`` pieces of ``stage`` are done."""


def quietly(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


class Workers:
    """The processes of one pass: started when work first pays for them, ended with the ``with`` block.

    Less work than ``worth``, in seconds, is done here and now.
    """

    def __init__(self, progress: Progress, *, worth: float = _WORTH_PROCESSES) -> None:
        #: Whom to tell how far the work has come that is not handed to processes.
        self.tell = progress

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
        portions = self.portions(partial(each, do), pieces, total=len(pieces), stage=stage, cost=cost)
        for _, results in portions:
            yield from results

    def portions(
        self,
        do: Callable[[Sequence[Piece]], Result],
        pieces: Iterable[Piece],
        *,
        total: int,
        stage: str,
        cost: float,
    ) -> Iterator[tuple[Sequence[Piece], Result]]:
        """Yield the result of what is done to some pieces at once, with these, in the order of the pieces.

        It is like `work`, but of the ``total`` pieces only so many are asked
        for, and of the results only so many kept, as processes have to do next.
        """
        some = _some_at_once(iter(pieces), max(1, int(_AT_ONCE / cost)))
        with_results = self._here(do, some) if total * cost < self._worth else self._elsewhere(do, some, stage)
        done = 0
        for portion, result in with_results:
            yield portion, result
            done += len(portion)
            self.tell(stage, done, total)

    def _here(
        self, do: Callable[[Sequence[Piece]], Result], some: Iterator[Sequence[Piece]]
    ) -> Iterator[tuple[Sequence[Piece], Result]]:
        return ((portion, do(portion)) for portion in some)

    def _elsewhere(
        self, do: Callable[[Sequence[Piece]], Result], some: Iterator[Sequence[Piece]], stage: str
    ) -> Iterator[tuple[Sequence[Piece], Result]]:
        executor = self._processes()
        ahead = _AHEAD * _processors()
        waiting: deque[tuple[Sequence[Piece], Future[Result]]] = deque()
        try:
            for portion in some:
                waiting.append((portion, executor.submit(do, portion)))
                if len(waiting) > ahead:
                    first, result = waiting.popleft()
                    yield first, result.result()
            while waiting:
                first, result = waiting.popleft()
                yield first, result.result()
        except BrokenProcessPool as error:
            raise EngineError(
                f"{stage}: a process ended before its work was done, perhaps for want of memory. "
                "Nothing is lost: the next refresh goes on from here."
            ) from error
        finally:
            for _, result in waiting:
                result.cancel()

    def _processes(self) -> ProcessPoolExecutor:
        if self._executor is None:
            # What is loaded stays: the collector need not look at it again.
            # Forking a process that has threads is not safe; a fork server has none.
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(
                ["feeds.services.newcomers", "feeds.services.making", "bleach", "markdown_it", "mdit_py_plugins", "nh3"]
            )
            self._executor = ProcessPoolExecutor(_processors(), mp_context=context, initializer=gc.freeze)
        return self._executor

    def _counted(self, results: Iterator[Result], total: int, stage: str) -> Iterator[Result]:
        often = max(1, total // 200)
        for done, result in enumerate(results, start=1):
            yield result
            if done % often == 0 or done == total:
                self.tell(stage, done, total)


def _processors() -> int:
    return len(os.sched_getaffinity(0))


def each(do: Callable[[Piece], Result], pieces: Sequence[Piece]) -> list[Result]:
    """Do something to each of some pieces, as `Workers.work` does."""
    return list(map(do, pieces))


def _some_at_once(pieces: Iterator[Piece], size: int) -> Iterator[Sequence[Piece]]:
    while portion := tuple(islice(pieces, size)):
        yield portion
