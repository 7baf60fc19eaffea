"""YAML front matter: every value as text, and forgiving of what authors write.

Events, not nodes: libyaml's composer is recursive and dies (SIGSEGV) of 50 KB
of ``[``, its parser is not.  So depth is judged while reading, anchors are
seen before anything could be multiplied, and no tag is ever obeyed.
"""

import re
import textwrap
from collections.abc import Iterator

import yaml

from feeds.content import front_plain
from feeds.content.fields import HIDING
from feeds.content.notes import Notes
from feeds.model.source import Value

#: A key, its value, and its line in the file.
Pair = tuple[str, Value, int]

#: How deep lists and maps may be nested.
MAX_DEPTH = 64

_NULLS = frozenset({"~", "null", "Null", "NULL"})
_UNREADABLE = re.compile("[\x7f-\x84\x86-\x9f\ufeff]")

_KEY = re.compile(r"""(?P<key>"[^"\n]*"[ ]*|'[^'\n]*'[ ]*|[^\s"'\[\]{},&*!|>%@`?#:-][^:\n]*):(?:[ ]+(?P<value>.*))?$""")
_TEMPLATE = re.compile(r"\s*(?:\{\{|\{%|\{#)")
_BELONGS = re.compile(r"\s|#|-(?:\s|$)|$")
_TEXT_BEHIND_QUOTES = re.compile(r"""(["']).*\1\s*[^\s#]""")
_COMMENT = re.compile(r"(?:^|\s)#.*$")
_HIDES = re.compile(rf"[\s\W]*({'|'.join(sorted(HIDING))})\W*[:=]", re.IGNORECASE)


def read(header: str, first: int, notes: Notes) -> list[Pair]:
    """Read ``header``, whose first line is line ``first`` of the file.

    What is not YAML is read line by line, and every guess is noted.  Raises
    ContentError where no meaning is plain: ``front-matter-broken``,
    ``front-matter-shape``, ``front-matter-too-deep``, ``yaml-alias``.
    """
    plain = front_plain.read(header, first)
    if plain is not None:
        return plain
    try:
        return strictly(header, first, notes)
    except yaml.YAMLError as error:
        problem = error
    header = _UNREADABLE.sub("", header.expandtabs(2))
    try:
        pairs = strictly(header, first, notes)
    except yaml.YAMLError:
        return _Salvage(textwrap.dedent(header), first, notes).pairs(problem)
    notes.warn(
        "front-matter-tabs",
        _line_of(problem, first),
        "the front matter is indented with tabs or holds control characters: read as spaces.",
        "Indent it with spaces.",
    )
    return pairs


class _Mapping(list[Value]):
    """A map that is still being read: key, value, key, value."""


def strictly(header: str, first: int, notes: Notes) -> list[Pair]:
    """Read one YAML document that is a map of texts; raises yaml.YAMLError where it is none."""
    roots: list[Value] = []
    lines: list[int] = []
    open_: list[list[Value]] = [roots]
    for event in _events(header):
        if isinstance(event, yaml.CollectionEndEvent):
            closed = open_.pop()
            nested = len(open_) > 1
            open_[-1].append(_map(closed) if nested and isinstance(closed, _Mapping) else closed)
            continue
        if event.anchor is not None:
            raise _alias(_line(event, first), notes)
        if len(open_) == 2 and len(open_[-1]) % 2 == 0:
            lines.append(_line(event, first))
        if isinstance(event, yaml.ScalarEvent):
            open_[-1].append("" if event.value in _NULLS and event.implicit[0] else event.value)
        else:
            _refuse_depth(len(open_), event, first, notes)
            open_.append(_Mapping() if isinstance(event, yaml.MappingStartEvent) else [])
    return _pairs(roots, lines, first, notes)


def _events(header: str) -> Iterator[yaml.NodeEvent | yaml.CollectionEndEvent]:
    """Yield what libyaml reads, without the beginnings and ends of the stream and its documents."""
    parser = yaml.CBaseLoader(header)
    while not isinstance(event := parser.get_event(), yaml.StreamEndEvent):
        if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            yield event


def _line(event: yaml.Event, first: int) -> int:
    return first + (event.start_mark.line if event.start_mark else 0)


def _pairs(roots: list[Value], lines: list[int], first: int, notes: Notes) -> list[Pair]:
    if roots in ([], [""]):
        return []
    if len(roots) > 1 or not isinstance(roots[0], _Mapping):
        raise notes.refuse(
            "front-matter-shape",
            first,
            "the front matter is not one list of keys with values.",
            "Write each key on a line of its own: title: Foo",
        )
    flat = roots[0]
    pairs: list[Pair] = []
    for key, value, line in zip(flat[::2], flat[1::2], lines, strict=True):
        if key == "<<":
            raise _alias(line, notes)
        if isinstance(key, str):
            pairs.append((key, value, line))
        else:
            notes.warn("front-matter-key", line, "a key that is not text: left out.", "Write the key as a word.")
    return pairs


def _map(flat: list[Value]) -> dict[str, Value]:
    return {key: value for key, value in zip(flat[::2], flat[1::2], strict=True) if isinstance(key, str)}


def _refuse_depth(depth: int, event: yaml.Event, first: int, notes: Notes) -> None:
    if depth > MAX_DEPTH:
        raise notes.refuse(
            "front-matter-too-deep",
            _line(event, first),
            f"the front matter is nested more than {MAX_DEPTH} levels deep.",
            "Flatten it.",
        )


def _alias(line: int, notes: Notes) -> Exception:
    return notes.refuse(
        "yaml-alias",
        line,
        "the front matter uses an anchor, an alias or a merge key.",
        "Write the value out, or quote it if it is meant as text.",
    )


def _line_of(error: yaml.YAMLError, first: int) -> int:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    return first + mark.line if mark else first


class _Salvage:
    """One reading of front matter that is not YAML: each top-level key by itself."""

    def __init__(self, header: str, first: int, notes: Notes) -> None:
        self._lines = header.split("\n")
        self._first = first
        self._notes = notes

    def pairs(self, problem: yaml.YAMLError) -> list[Pair]:
        """Read what can be read; ``problem`` is why the whole could not."""
        blocks, strays = self._blocks()
        pairs = [pair for start, lines in blocks for pair in self._block(start, lines)]
        if not pairs or strays > len(pairs) or self._may_hide(pairs):
            raise self._notes.refuse(
                "front-matter-broken",
                _line_of(problem, self._first),
                f"the front matter cannot be read: {getattr(problem, 'problem', None) or problem}.",
                "Correct it: until then the post waits.",
            )
        return pairs

    def _blocks(self) -> tuple[list[tuple[int, list[str]]], int]:
        """Cut the header at its keys; tell how many lines of text belong to none."""
        blocks: list[tuple[int, list[str]]] = []
        strays = 0
        for number, line in enumerate(self._lines, self._first):
            if _TEMPLATE.match(line):
                self._stray(number)
            elif _KEY.match(line if blocks else line.lstrip()):
                blocks.append((number, [line if blocks else line.lstrip()]))
            elif blocks and _BELONGS.match(line):
                blocks[-1][1].append(line)
            elif not _COMMENT.fullmatch(line) and line.strip():
                self._stray(number)
                strays += 1
        return blocks, strays

    def _stray(self, line: int) -> None:
        self._notes.warn(
            "front-matter-line",
            line,
            "a line of the front matter belongs to no key: left out.",
            "Delete or quote it.",
            key=str(line),
        )

    def _block(self, start: int, lines: list[str]) -> list[Pair]:
        try:
            return strictly("\n".join(lines), start, self._notes)
        except yaml.YAMLError:
            pass
        match = _KEY.match(lines[0])
        if match is None:
            return []
        key = match["key"].strip().strip("\"'")
        written = " ".join(_COMMENT.sub("", part).strip() for part in (match["value"] or "", *lines[1:])).strip()
        if _is_text(written):
            self._note_guess(key, written, start)
        elif key.lower() not in HIDING:
            self._notes.warn(
                "front-matter-value", start, f"the value of {key} cannot be read: left out.", "Correct it.", key=key
            )
            return []
        return [(key, written, start)]

    def _note_guess(self, key: str, written: str, line: int) -> None:
        code, what = ("unquoted-colon", "colon") if ":" in written else ("unquoted-mark", f"{written[0]}")
        self._notes.warn(
            code, line, f'the {key} holds an unquoted {what}: read as "{written}".', "Quote it to be sure.", key=key
        )

    def _may_hide(self, pairs: list[Pair]) -> bool:
        """Tell whether a line that could hide the post was not read as its own key."""
        read = {key.strip().lower() for key, _, _ in pairs}
        lines = (line for line in self._lines if not line.lstrip().startswith("#"))
        return any(match[1].lower() not in read for line in lines if (match := _HIDES.match(line)))


def _is_text(written: str) -> bool:
    """Tell whether ``written`` is plainly a text that only lacks its quotation marks."""
    if written[:1] in {'"', "'"}:
        return _TEXT_BEHIND_QUOTES.match(written) is not None
    return bool(written) and written[0] not in "[{|>&-?"
