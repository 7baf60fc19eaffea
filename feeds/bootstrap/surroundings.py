"""What stands around the posts: the files of their generator, which say how posts are to be read."""

import os
from collections.abc import Iterator, Mapping
from fnmatch import filter as matching
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from feeds.bootstrap.recognising import bounds_of, folders_above
from feeds.content.decode import decode
from feeds.content.dialects import Dialect
from feeds.content.notes import Notes
from feeds.disk import NOT_CONTENT, read_regular
from feeds.errors import ContentError, SettingsError
from feeds.model.customs import Customs
from feeds.model.finding import Finding
from feeds.model.source import Value

_STRUCTURED = frozenset({".toml", ".yaml", ".yml", ".json"})

#: More of one file, in bytes, and more data files than this are not read.
_LARGEST = 1 << 20
_MOST = 10_000
_MOST_PAGES = 500


def customs_of(content: Path, dialect: Dialect) -> tuple[Customs, tuple[Finding, ...]]:
    """Read the files of the site around the directory ``content``; findings say what is doubtful in them.

    Raises `SettingsError` with all that is broken: without what it says, posts
    would have other links, and hidden ones would show.
    """
    root = root_of(content, dialect)
    home = root or content
    bounds = bounds_of(home)
    problems: list[str] = []
    found: list[Finding] = []
    settings: dict[str, Value] = {}
    usual: dict[str, Value] = {}
    for name in dialect.config_files if root else ():
        notes = Notes(PurePosixPath(name))
        read = _read(home / name, name, dialect, notes, problems, within=bounds)
        # What a folder of settings for production says is there to be another than the usual.
        if not name.startswith("config/production/"):
            _note_disagreement(usual, read, name, notes)
            usual = {**read, **usual}
        found += notes.findings
        settings = {**read, **settings}
    data: dict[str, Value] = {}
    for name in sorted(set(_data_files(home, content, dialect))):
        notes = Notes(PurePosixPath(name))
        if read := _read(home / name, name, dialect, notes, problems, within=bounds):
            data[name] = read
        found += notes.findings
    if root:
        data |= _pages(root, dialect, within=bounds)
    if problems:
        raise SettingsError(tuple(problems))
    prefix = content.relative_to(home).as_posix() if root else ""
    return Customs(settings=settings, data=data, prefix="" if prefix == "." else prefix), tuple(found)


def root_of(content: Path, dialect: Dialect) -> Path | None:
    """Return the root of the site: the nearest folder, from the content directory up, that has a configuration."""
    for folder in folders_above(content):
        if any((folder / name).is_file() for name in dialect.config_files):
            return folder
    return None


def _read(
    file: Path, name: str, dialect: Dialect, notes: Notes, problems: list[str], *, within: Path
) -> dict[str, Value]:
    """Read one file; what is broken is added to the ``problems``."""
    try:
        data = read_regular(file, _LARGEST + 1, within=within)
    except FileNotFoundError:
        return {}
    except OSError as error:
        problems.append(f"{file}: cannot be read ({error.strerror}): posts cannot be understood without it")
        return {}
    if len(data) > _LARGEST:
        problems.append(f"{file}: larger than {_LARGEST} bytes: split it")
        return {}
    try:
        return dict(dialect.read_config(name, decode(data, notes), notes))
    except ContentError as error:
        first = error.findings[-1]
        what = first.message.rstrip(".").replace("the front matter", "the file")
        problems.append(f"{file}:{first.line or 1}: {what}: correct it; until then nothing is changed")
        return {}


def _pages(root: Path, dialect: Dialect, *, within: Path) -> dict[str, Value]:
    """Return what the site's pages say, by their paths: nothing of one that cannot be read, which is no post."""
    said: dict[str, Value] = {}
    files = {file for pattern in dialect.page_files for file in root.glob(pattern)}
    for file in sorted(files)[:_MOST_PAGES]:
        name = file.relative_to(root).as_posix()
        notes = Notes(PurePosixPath(name))
        try:
            read = dialect.read_config(name, decode(read_regular(file, _LARGEST, within=within), notes), notes)
        except (OSError, ContentError):
            continue
        if read:
            said[name] = dict(read)
    return said


def _note_disagreement(settings: Mapping[str, Value], read: Mapping[str, Value], name: str, notes: Notes) -> None:
    """Note where a second configuration says of the same key something else: the first one counts.

    Programs are meant to say more than one thing: one of them for production.
    """
    if PurePosixPath(name).suffix not in _STRUCTURED:
        return
    for key in sorted(settings.keys() & read.keys()):
        if isinstance(settings[key], str) and isinstance(read[key], str) and settings[key] != read[key]:
            message = f'{key} is "{read[key]}" here, but "{settings[key]}" in a file that counts before this one.'
            notes.warn("site-file", 0, message, "Leave one of the two out.", key=key)


def _data_files(home: Path, content: Path, dialect: Dialect) -> Iterator[str]:
    """Yield the paths, from the root of the site, of its data files: those of deep patterns below the content alone."""
    deep = tuple(pattern for pattern in dialect.data_files if "**" in pattern)
    for pattern in dialect.data_files:
        if pattern not in deep:
            yield from (found.relative_to(home).as_posix() for found in home.glob(pattern) if found.is_file())
    # Most files are none of them, which their names tell quickly.
    endings = {pattern.rpartition("/")[2] for pattern in deep}
    found = 0
    for folder, folders, files in os.walk(content) if deep else ():
        folders[:] = [name for name in folders if not name.startswith(".") and name not in NOT_CONTENT]
        for name in sorted({name for ending in endings for name in matching(files, ending)}):
            path = (Path(folder) / name).relative_to(home).as_posix()
            if found < _MOST and any(fnmatchcase(f"/{path}", f"/{pattern}".replace("**/", "*")) for pattern in deep):
                found += 1
                yield path
