"""The content directory: what is there, and the bytes of one file.

Nothing outside the directory is ever read: a link that leads out, a device, a
pipe or a socket is passed over, also when it takes a file's place between two
looks.
"""

import errno
import fcntl
import os
import signal
import stat
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from feeds.errors import EngineError

#: Folders that never hold content: what tools keep beside posts.
NOT_CONTENT = frozenset({"node_modules", "vendor", "_site", "__pycache__"})


class FileStat(NamedTuple):
    """What tells whether a file changed: its size in bytes and its time of modification."""

    size: int
    mtime_ns: int


class Unsettled(Exception):
    """A file changed, or went, while it was read: look again later."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What a content directory holds: its files by their path, and the names that no path can be made of.

    The ``unnameable`` are escaped, so that they can be shown.
    """

    files: dict[str, FileStat]
    unnameable: tuple[str, ...]


class Walk:
    """A content directory, gone through once: the path and look of each file, in the order of paths.

    Raises `EngineError` on the way when the directory is missing or cannot be
    read.  No more is held in memory than the names in one folder.
    """

    def __init__(self, entries: Iterator[tuple[str, FileStat]]) -> None:
        self._entries = entries

        #: How many files were seen.
        self.files = 0

        #: The names seen that no path can be made of, escaped.
        self.unnameable: list[str] = []

    def __iter__(self) -> Iterator[tuple[str, FileStat]]:
        try:
            for entry in self._entries:
                if entry[0].isprintable():
                    self.files += 1
                    yield entry
                else:
                    self.unnameable.append(ascii(entry[0])[1:-1])
        except OSError as error:
            raise EngineError(
                f"The content directory cannot be read: {error.strerror}. "
                "Check [content] directory, and that it is mounted."
            ) from error


class ContentDirectory:
    """A directory of posts; paths are relative to it, with slashes."""

    #: More of a file than this is never read: the reader refuses it by its size.
    MOST_BYTES = 1 << 20

    def __init__(self, root: Path, suffixes: frozenset[str]) -> None:
        #: The directory itself, absolute.
        self.root = root

        self._suffixes = suffixes
        self._prefix = f"{root}/"

    def scan(self) -> Scan:
        """Return every file that may be content.

        Raises `EngineError` when the directory is missing or cannot be read.
        """
        walk = self.walk()
        return Scan(dict(walk), tuple(sorted(walk.unnameable)))

    def walk(self) -> "Walk":
        """Go through what `scan` returns, file by file."""
        return Walk(self._entries(str(self.root), ""))

    def read(self, path: str, expected: FileStat) -> bytes:
        """Return the bytes of a file that is as ``expected``, at most `MOST_BYTES` and one.

        Raises `Unsettled` when it no longer is, before or after the reading.
        """
        try:
            handle = os.open(f"{self._prefix}{path}", os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise Unsettled(path) from error
        try:
            if not _is_as(handle, expected):
                raise Unsettled(path)
            # Room for what the file holds, and no more: for a megabyte the system makes pages anew each time.
            content = os.read(handle, min(expected.size, self.MOST_BYTES) + 1)
            if not _is_as(handle, expected) or len(content) < min(expected.size, self.MOST_BYTES):
                raise Unsettled(path)
        finally:
            os.close(handle)
        return content

    def look(self, path: str) -> FileStat | None:
        """Return how a file is now; None when there is none that may be content, as `scan` judges it."""
        *folders, name = path.split("/")
        if not path.isprintable() or not all(map(_may_hold_content, folders)) or not self._may_be_content(name):
            return None
        file = self.root / path
        try:
            if self._has_no_links(path):
                return _regular(file.stat())
            within = file.parent.resolve() == self.root.resolve().joinpath(*folders)
            found = file.stat() if within and self._leads_inside(file) else None
        except OSError:
            return None
        return _regular(found) if found else None

    def size(self, path: str) -> int:
        """Return the bytes of a file of the site, of any kind, 0 where there is none.

        ``path`` starts at the content directory, and with ``../`` above it;
        hidden files, and links that lead out of the folder it starts at, are
        passed over.  Nothing of the file is read.
        """
        *above, name = path.split("../")
        if any(above) or not path.isprintable() or not all(map(_is_shown, name.split("/"))):
            return 0
        home = Path(os.path.normpath(self._prefix + "../" * len(above)))
        file = home / name
        try:
            found = file.stat()
            within = stat.S_ISREG(found.st_mode) and file.resolve().is_relative_to(home.resolve())
        except OSError:
            return 0
        return found.st_size if within else 0

    def is_folder(self, path: str) -> bool:
        """Tell whether there is a folder at ``path`` that may hold content."""
        return all(map(_may_hold_content, path.split("/"))) and (self.root / path).is_dir()

    def is_there(self) -> bool:
        """Tell whether the directory exists and holds anything: one that is not mounted does not."""
        try:
            with os.scandir(self.root) as entries:
                return next(entries, None) is not None
        except OSError:
            return False

    def is_still(self, path: str, expected: FileStat) -> bool:
        """Tell whether a file is as it was at an earlier look."""
        return self.look(path) == expected

    def was_put_in_place(self, path: str) -> bool:
        """Tell whether a file was renamed, or the like, since it was last written to: then its writer is done with it.

        A rename changes the time of the inode alone, a write both; one that
        follows the other at once looks like a write.
        """
        try:
            found = (self.root / path).stat()
        except OSError:
            return False
        return found.st_ctime_ns > found.st_mtime_ns

    def is_let_go(self, path: str) -> bool:
        """Tell whether it is certain that nobody has a file open to write to it.

        It is where the system grants a lease on it: Linux does, on its own disks.
        """
        if sys.platform != "linux":
            return False
        try:
            handle = os.open(f"{self._prefix}{path}", os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            # Who opens the file within these microseconds waits for us; the signal we would get for it does nothing.
            fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        except OSError:
            return False
        finally:
            os.close(handle)
        return True

    def _entries(self, folder: str, prefix: str) -> Iterator[tuple[str, FileStat]]:
        """Yield path and look of every file that may be content, in the order of their whole paths."""
        for name in self._names(folder):
            file = f"{folder}/{name}"
            if name[-1] == "/":
                yield from self._entries(file[:-1], prefix + name)
            elif found := self._look(file):
                yield prefix + name, found

    def _names(self, folder: str) -> list[str]:
        """Return the names in a folder that matter, those of folders with a slash, as whole paths are sorted."""
        names = []
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if entry.is_dir(follow_symlinks=False):
                    if _may_hold_content(name):
                        names.append(f"{name}/")
                elif self._may_be_content(name):
                    names.append(name)
        names.sort()
        return names

    def _may_be_content(self, name: str) -> bool:
        return _is_shown(name) and "." + name.rpartition(".")[2].lower() in self._suffixes

    def _look(self, file: str) -> FileStat | None:
        try:
            found = os.lstat(file)
            if stat.S_ISLNK(found.st_mode) and self._leads_inside(Path(file)):
                found = Path(file).stat()
        except OSError:
            return None
        return _regular(found)

    def _has_no_links(self, path: str) -> bool:
        """Tell whether a file is where its path says: told in a fifth of the time that following links takes."""
        return os.path.realpath(self._prefix + path) == f"{os.path.realpath(self.root)}/{path}"

    def _leads_inside(self, file: Path) -> bool:
        return file.resolve().is_relative_to(self.root.resolve())


def _is_shown(name: str) -> bool:
    """Tell a name that people see from a hidden one."""
    return not name.startswith(".")


def _may_hold_content(folder: str) -> bool:
    return _is_shown(folder) and folder not in NOT_CONTENT


def _regular(found: os.stat_result) -> FileStat | None:
    return FileStat(found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None


def _is_as(handle: int, expected: FileStat) -> bool:
    found = os.fstat(handle)
    return found.st_mtime_ns == expected.mtime_ns and found.st_size == expected.size and stat.S_ISREG(found.st_mode)


def read_regular(file: Path, most: int, *, within: Path) -> bytes:
    """Return at most ``most`` bytes of a file that is in the folder ``within``, wherever links to it stand.

    Raises FileNotFoundError where there is none, or a pipe or the like, which
    is never waited for, and another OSError for one that may not be read.
    """
    handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as opened:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise FileNotFoundError(errno.ENOENT, "not a file", str(file))
        if not file.resolve().is_relative_to(within.resolve()):
            raise PermissionError(errno.EACCES, "it leads out of the site", str(file))
        return opened.read(most)


def write_atomically(file: Path, content: bytes) -> bool:
    """Put ``content`` at ``file`` so that nobody ever sees half of it, whatever happens meanwhile.

    Return False, and touch nothing, when it is there already.
    """
    if file.is_file() and file.read_bytes() == content:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as writer:
            writer.write(content)
            writer.flush()
            os.fchmod(writer.fileno(), 0o644)
            os.fsync(writer.fileno())
        Path(temporary).replace(file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return True


def link_atomically(file: Path, original: Path) -> bool:
    """Let ``file`` be ``original`` under a second name, or a copy where the file system knows no such names.

    Return False, and touch nothing, when it is already.
    """
    if file.is_file() and file.samefile(original):
        return False
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".writing-") as folder:
        temporary = Path(folder) / file.name
        try:
            temporary.hardlink_to(original)
        except OSError:
            return write_atomically(file, original.read_bytes())
        temporary.replace(file)
    return True
