"""Reading the configuration: the file, the environment over it, and every problem at once."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from feeds.errors import SettingsError
from feeds.settings.environment import overlay
from feeds.settings.lines import key_lines
from feeds.settings.problems import KeyPath, Problem
from feeds.settings.rules import broken_rules
from feeds.settings.settings import Settings
from feeds.settings.signature import signature
from feeds.settings.tables import Document
from feeds.settings.translate import problems_of

#: What to do, by how the message of ``tomllib`` begins.
_SYNTAX_ADVICE = {
    "Cannot declare": "this heading stands twice: put the keys of both under one",
    "Cannot mutate": "this key was set already: keep one of the two",
    "Cannot overwrite": "this key was set already: keep one of the two",
    "Duplicate inline": "this key was set already: keep one of the two",
    'Expected "\'"': "the text is not closed: put a single quote at its end",
    "Expected '=' after": 'a key needs "=" and a value behind it, a comment needs "#" before it',
    "Expected ']'": "the heading is not closed: write it like [site] or [[feed]]",
    "Expected newline": "something stands behind the value: quote texts, and give every key its own line",
    "Illegal character '\\n'": "the text is not closed: put a quote at its end",
    "Invalid date": "there is no such date or time",
    "Invalid initial": 'a line starts with a key, with "[" or with "#"',
    "Invalid statement": 'a line starts with a key, with "[" or with "#"',
    "Invalid value": "the value is missing or not closed, or it is a text without quotes",
    "Unclosed": "the list or table is not closed: add the bracket",
    "Unescaped": "a backslash in double quotes must be written twice, or the text put in single quotes",
    "Unterminated": "the text is not closed: put the quotes at its end",
}


def load(file: Path, environment: Mapping[str, str]) -> Settings:
    """Read ``file`` and the ``FEEDS_…__…`` variables of ``environment`` over it.

    Raises ``SettingsError`` with all problems at once, those of the file in
    its order, then those of variables by name.
    """
    seen = signature(file)
    text = _text(file)
    document = _parsed(file, text)
    origins, misplaced = overlay(document, environment)
    for required in ("site", "content"):
        document.setdefault(required, {})
    problems = list(broken_rules(document))
    try:
        checked = Document.model_validate(document, context={"folder": file.parent.resolve()})
    except ValidationError as error:
        problems += problems_of(error, document)
    else:
        if not problems and not misplaced:
            return Settings(file=file, seen=seen, **{name: getattr(checked, name) for name in Document.model_fields})
    in_file, in_environment = _located(file, problems, key_lines(text), origins)
    in_environment += [f"environment variable {name}: {message}" for name, message in misplaced.items()]
    raise SettingsError((*in_file, *sorted(in_environment)))


def _text(file: Path) -> str:
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        problem = f"{file}: there is no such file: create it, or name another with --config or FEEDS_CONFIG"
        raise SettingsError((problem,)) from None
    except OSError as error:
        problem = f"{file}: cannot be read ({error.strerror}): name a file that this user may read"
        raise SettingsError((problem,)) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SettingsError((f"{file}:{line}: the file is not in UTF-8: save it in that encoding",)) from None


def _parsed(file: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except ValueError as error:
        message = str(error)
    found = re.search(r"\(at line (\d+), column \d+\)", message)
    line = int(found[1]) if found else text.rstrip().count("\n") + 1
    advice = next((advice for start, advice in _SYNTAX_ADVICE.items() if message.startswith(start)), message)
    raise SettingsError((f"{file}:{line}: this is not TOML: {advice}",))


def _located(
    file: Path, problems: list[Problem], lines: Mapping[KeyPath, int], origins: Mapping[KeyPath, str]
) -> tuple[list[str], list[str]]:
    """Say each problem in one line that starts with its place: those of the file in its order, and the others."""
    in_file: list[tuple[int, str]] = []
    in_environment: list[str] = []
    for problem in problems:
        path = _known(problem.path, lines, origins)
        other = _known(problem.other, lines, origins)
        beside = f" (the other is at {_place(file, other, lines, origins)})" if problem.other else ""
        text = f"{_place(file, path, lines, origins)}: {problem.message}{beside}"
        if path in origins:
            in_environment.append(text)
        else:
            in_file.append((lines[path], text))
    in_file.sort(key=lambda located: located[0])
    return [text for _, text in in_file], in_environment


def _known(path: KeyPath, lines: Mapping[KeyPath, int], origins: Mapping[KeyPath, str]) -> KeyPath:
    """Give the beginning of ``path`` that has a place of its own."""
    while path not in lines and path not in origins:
        path = path[:-1]
    return path


def _place(file: Path, path: KeyPath, lines: Mapping[KeyPath, int], origins: Mapping[KeyPath, str]) -> str:
    return f"environment variable {origins[path]}" if path in origins else f"{file}:{lines[path]}"
