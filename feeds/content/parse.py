"""From the bytes of a file to its Source: the one door to python-frontmatter.

Its own detection is not used: it knows neither TOML nor fences with a
language, and it takes a header that it cannot read for an empty one, so that
``draft: true`` would be lost.  What looks like front matter is read here, or
the file waits.
"""

import hashlib
import re
from collections.abc import Callable
from pathlib import PurePosixPath

import frontmatter
from frontmatter.default_handlers import BaseHandler

from feeds.content import fences, front_data, front_yaml
from feeds.content import text as texts
from feeds.content.decode import decode
from feeds.content.dialects.dialect import Header
from feeds.content.fences import Opening
from feeds.content.fields import hides
from feeds.content.front_yaml import Pair
from feeds.content.notes import Notes
from feeds.model.source import Source, Value

#: The largest file, in bytes, and the longest front matter, in characters.
MAX_FILE = 1024 * 1024
MAX_FRONT_MATTER = 64 * 1024

#: Marks without width that editors leave before the first line.
_INVISIBLE = "\ufeff\u200b\u2060"

_READERS: dict[str, Callable[[str, int, Notes], list[Pair]]] = {
    "yaml": front_yaml.read,
    "toml": front_data.read_toml,
    "json": front_data.read_json,
}
_UNFENCED = Opening(language="yaml", fence="-", indentation=0, line=1)
_BLANK_LINES = re.compile(r"(?:[^\S\n]*\n)+")


def _fenced(_text: str, _suffix: str, _notes: Notes) -> None:
    """Find no front matter but that between fences."""


def parse(path: PurePosixPath, data: bytes, *, header: Callable[[str, str, Notes], Header | None] = _fenced) -> Source:
    """Read the file ``path`` (relative to the content directory), whose bytes are ``data``.

    ``header`` reads front matter that has no fences, as a dialect does.

    Raises ContentError, and nothing else, for a file that has to wait:
    ``too-large``, ``empty``, ``unclosed-fence``, ``yaml-alias``, and
    ``front-matter-`` ``unknown``, ``broken``, ``shape``, ``too-large`` or
    ``too-deep``.
    """
    notes = Notes(path)
    if len(data) > MAX_FILE:
        raise notes.refuse("too-large", 0, f"the file is larger than {MAX_FILE} bytes.", "Split it.")
    text = decode(data, notes).lstrip(_INVISIBLE)
    handler = _Handler(notes)
    rest = handler.read(text, header(text, path.suffix.lower(), notes))
    blank = _BLANK_LINES.match(rest)
    # The indentation of its first line has a meaning.
    body = rest[blank.end() if blank else 0 :].rstrip()
    if not (handler.fields or body):
        raise notes.refuse("empty", 0, "the file is empty.", "Write a post or delete it.")
    start = len(text) - len(rest) if text.endswith(rest) else text.find(rest)
    return Source(
        path=path,
        fields=handler.fields,
        lines=handler.lines,
        body=body,
        digest=hashlib.sha256(data).hexdigest(),
        findings=notes.findings,
        body_line=1 + text.count("\n", 0, start + (blank.end() if blank else 0)),
    )


class _Handler(BaseHandler):
    """One reading of one file, in python-frontmatter's terms."""

    FM_BOUNDARY = re.compile("")

    def __init__(self, notes: Notes) -> None:
        super().__init__()
        self._notes = notes
        self._opening = _UNFENCED
        self.fields: dict[str, Value] = {}
        self.lines: dict[str, int] = {}

    def read(self, text: str, header: Header | None) -> str:
        """Read the front matter of ``text``, which may be a ``header`` without fences; return what stands behind it."""
        if header:
            self._keep(header.pairs)
            return header.body
        opening = fences.opening(text, self._notes)
        if opening is None:
            return text
        self._opening = opening
        text = text.lstrip()
        if opening.fence == "{":
            end = front_data.end_of_json(text, opening.line, self._notes)
        else:
            end = fences.end(text, opening, self._notes)
        # Without the body, which python-frontmatter would copy several times, and strip of its first indentation.
        frontmatter.parse(text[:end], handler=self)
        return text[end:]

    def split(self, text: str) -> tuple[str, str]:
        """Cut ``text``, which is front matter alone, out of its fences."""
        header = text if self._opening.fence == "{" else fences.within(text)
        if len(header) > MAX_FRONT_MATTER:
            raise self._notes.refuse(
                "front-matter-too-large",
                self._opening.line,
                f"the front matter is longer than {MAX_FRONT_MATTER} characters.",
                "Move its text into the body.",
            )
        return header, ""

    def load(self, fm: str) -> dict[str, Value]:
        """Read the front matter ``fm`` into fields."""
        first = self._opening.line + (self._opening.fence != "{")
        pairs = _READERS[self._opening.language](fm, first, self._notes)
        # Only by an escape can a character come in again that decoding has dropped.
        self._keep(_legal_pairs(pairs) if "\\" in fm else pairs)
        return self.fields

    def _keep(self, pairs: list[Pair]) -> None:
        """Keep the last of several values of one key, but let nothing undo what hides the post."""
        for written, value, line in pairs:
            key = written.strip().lower()
            if key not in self.fields or self._gives_way(key, line):
                self.fields[key] = value
                self.lines[key] = line

    def _gives_way(self, key: str, line: int) -> bool:
        """Tell whether the value that there is of ``key`` gives way to another on line ``line``, and note that."""
        hidden = hides(key, self.fields[key])
        counts = "the one that hides the post" if hidden else "the last one"
        message = f"{key} is given more than once: {counts} counts."
        self._notes.warn("duplicate-key", line, message, "Keep one.", key=key)
        return not hidden


def _legal_pairs(pairs: list[Pair]) -> list[Pair]:
    return [(texts.legal(key), _legal(value), line) for key, value, line in pairs]


def _legal(value: Value) -> Value:
    if isinstance(value, str):
        return texts.legal(value)
    if isinstance(value, list):
        return [_legal(item) for item in value]
    return {texts.legal(key): _legal(item) for key, item in value.items()}
