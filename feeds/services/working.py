"""Many pieces of work, spread over processes where that pays."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol, TypeVar

from feeds.errors import EngineError

Piece = TypeVar("Piece")
Result = TypeVar("Result")

#: Fewer pieces than this are done at once, here: processes cost half a second to start.
_WORTH_PROCESSES = 400

_PIECES_AT_ONCE = 50


class Progress(Protocol):
    """Someone who wants to know how far long work has come."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Learn that ``done`` of ``total`` pieces of ``stage`` are done."""


def quietly(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


def work(do: Callable[[Piece], Result], pieces: Sequence[Piece], *, stage: str, progress: Progress) -> Iterator[Result]:
    """Yield the result of each piece, in the order of the pieces.

    ``do`` is a function of a module, or a method of a noun, that processes can
    be handed; what it raises is raised here.  Raises `EngineError` when a
    process was killed.
    """
    if len(pieces) < _WORTH_PROCESSES:
        yield from _counted(map(do, pieces), len(pieces), stage, progress)
        return
    # Forking a process that has threads is not safe; a fork server has none.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["feeds.services.reading"])
    with ProcessPoolExecutor(len(os.sched_getaffinity(0)), mp_context=context) as executor:
        results = executor.map(do, pieces, chunksize=_PIECES_AT_ONCE)
        try:
            yield from _counted(results, len(pieces), stage, progress)
        except BrokenProcessPool as error:
            raise EngineError(
                f"{stage}: a process ended before its work was done, perhaps for want of memory. "
                "Nothing is lost: the next refresh goes on from here."
            ) from error


def _counted(results: Iterator[Result], total: int, stage: str, progress: Progress) -> Iterator[Result]:
    for done, result in enumerate(results, start=1):
        yield result
        if done % _PIECES_AT_ONCE == 0 or done == total:
            progress(stage, done, total)
