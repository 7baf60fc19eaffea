"""Whether what is at the path of a database is still what was opened there.

A process that has a file open keeps it, also when it was removed or another
one was put in its place: what it writes from then on, nobody finds again.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self


class Inode(NamedTuple):
    """What tells a file that is open somewhere from every other one."""

    device: int
    number: int


def inode(file: Path) -> Inode | None:
    """Return what is at the path now; None for nothing, or nothing that can be reached."""
    try:
        found = file.stat()
    except OSError:
        return None
    return Inode(found.st_dev, found.st_ino)


def companions(file: Path) -> tuple[Path, Path]:
    """Return the write-ahead log that belongs to a database, and the index of that."""
    return file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """The files of a database as they were when it was opened; ``index`` is that of its log."""

    file: Path
    database: Inode | None
    index: Inode | None

    @classmethod
    def of(cls, file: Path) -> Self:
        """Return those of the database at a path, while somebody has it open."""
        return cls(file=file, database=inode(file), index=inode(companions(file)[1]))

    @property
    def are_left(self) -> bool:
        """Tell whether the database at the path is another one by now, or gone."""
        return inode(self.file) != self.database

    @property
    def log_is_left_behind(self) -> bool:
        """Tell whether the log of the old database lies beside another one, which it would damage."""
        return self.are_left and self.index is not None and inode(companions(self.file)[1]) == self.index
