"""Telling whether the config file is another one than was read."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Signature:
    """A file as it was at one look: its inode, size and time of modification; zeros when it was not there."""

    file: Path
    inode: int = 0
    size: int = 0
    mtime_ns: int = 0


def signature(file: Path) -> Signature:
    """Look at ``file``."""
    try:
        found = file.stat()
    except OSError:
        return Signature(file)
    return Signature(file, found.st_ino, found.st_size, found.st_mtime_ns)
