"""Progress bars for long work, at a terminal only."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from feeds.services.working import Progress, quietly


@contextmanager
def bars() -> Iterator[Progress]:
    """Give someone to tell how far work has come: a bar at a terminal, nobody in a pipe."""
    if not sys.stderr.isatty():
        yield quietly
        return
    # Slow to import, and in a pipe of no use.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with RichProgress(*columns, console=Console(stderr=True), transient=True) as progress:
        tasks: dict[str, TaskID] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(stage, total=total)
            progress.update(tasks[stage], completed=done, total=total)

        yield tell
