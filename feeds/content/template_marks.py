"""The marks of Nunjucks, Liquid and Jinja in a body, rendered for what they mean or left out.

``{{ value }}``, ``{% tag %}`` and ``{# comment #}`` outside of code; ``raw``
works in code too, since it is there for code.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape

from feeds.content.codeblocks import Span, code_spans
from feeds.content.notes import MOST
from feeds.content.passage import Passage
from feeds.content.restructured_marks import PLAYERS, frame, gist

_MARK = re.compile(
    r"\{\{(?:[^{}]|\{[^{}]*+\})*+\}\}"
    r"|\{%[-+]?\s*+(?P<name>[\w-]*+)(?P<rest>(?:[^%{]|%(?!\})|\{(?!%))*+)%\}"
    r"|\{\#(?:[^\#{]|\#(?!\})|\{(?!\#))*+\#\}"
)
_WORD = re.compile(r"""(?:([\w-]+)\s*(?:=|:(?!//))\s*)?(?:"([^"]*)"|'([^']*)'|([^\s,"']+))""")

#: Tags between which nothing is for readers: loops over what a feed does not know, definitions, comments.
_DROPPED = frozenset({"for", "macro", "comment", "asyncEach", "asyncAll", "tablerow", "capture", "call", "filter"})
_SILENT = frozenset({"set", "assign", "import", "from", "extends", "layout", "include_cached"})
_BRANCHES = frozenset({"else", "elif", "elsif", "elseif", "when"})
_CHOICES = frozenset({"if", "unless", "case", "ifAsync", "switch", "ifchanged"})
_CODE_TAGS = frozenset({"highlight", "codeblock"})

#: What gives the text of a tag or of a value; None for what it cannot tell.
Meaning = Callable[[str], str | None]


def _unknown(_written: str) -> None:
    return None


def render(
    passage: Passage, body: str, *, value: Meaning = _unknown, code: Callable[[str], list[Span]] = code_spans
) -> str:
    """Return ``body``, which is that of the passage or part of it, without marks outside of code.

    ``value`` gives the text of an expression between double braces, ``code``
    tells where code is.
    """
    if "{{" not in body and "{%" not in body and "{#" not in body:
        return body
    return _Rendering(passage, body, value, code).text()


def words(rest: str) -> tuple[list[str], dict[str, str]]:
    """Cut what follows the name of a tag into words and named words, without their quotes."""
    plain: list[str] = []
    named: dict[str, str] = {}
    for name, double, single, bare in _WORD.findall(rest.strip(" -+\n\t")[:1000]):
        found = double or single or bare
        if name:
            named[name] = found
        else:
            plain.append(found)
    return plain, named


@dataclass
class _Rendering:
    """One body on its way."""

    passage: Passage
    body: str
    value: Meaning
    code: Callable[[str], list[Span]]
    out: list[str] = field(default_factory=list)
    noted: int = 0

    def text(self) -> str:
        marks = list(_MARK.finditer(self.body))
        ends = _ends(marks)
        spans = iter(self.code(self.body))
        code = next(spans, None)
        done = at = 0
        while at < len(marks):
            mark = marks[at]
            while code and code[1] <= mark.start():
                code = next(spans, None)
            self.out.append(self.body[done : mark.start()])
            done, at = self._write(mark, at, ends, marks, in_code=_holds(code, mark.start()))
        self.out.append(self.body[done:])
        return "".join(self.out)

    def _write(
        self, mark: re.Match[str], at: int, ends: Mapping[int, int], marks: list[re.Match[str]], *, in_code: bool
    ) -> tuple[int, int]:
        """Write what a mark means; return where the text goes on, and with which mark."""
        name = mark["name"]
        end = ends.get(at)
        if name in {"raw", "verbatim"} and end is not None:
            self.out.append(self.body[mark.end() : marks[end].start()])
            return marks[end].end(), end + 1
        if in_code:
            self.out.append(mark[0])
        elif name in _CODE_TAGS and end is not None:
            self.out.append(_fenced(mark["rest"], self.body[mark.end() : marks[end].start()]))
            return marks[end].end(), end + 1
        elif end is not None and (name in _DROPPED or name in _BRANCHES or name == "set"):
            if name not in {"comment", *_BRANCHES}:
                self.out.append(self._left_out(mark))
            behind = marks[end].start() if name in _BRANCHES else marks[end].end()
            return behind, end + (name not in _BRANCHES)
        else:
            said = self._said(mark)
            self.out.append(self._left_out(mark) if said is None else said)
        return mark.end(), at + 1

    def _said(self, mark: re.Match[str]) -> str | None:
        name = mark["name"]
        if name is None:
            return "" if mark[0].startswith("{#") else self.value(mark[0][2:-2].strip(" -~\n"))
        if name in _SILENT or name in _CHOICES or name.startswith("end"):
            return ""
        return shortcode(name, mark["rest"])

    def _left_out(self, mark: re.Match[str]) -> str:
        self.noted += 1
        if self.noted > MOST:
            # To find the line of a mark takes its time, and more are not kept anyhow.
            return ""
        if self.body is self.passage.source.body:
            return self.passage.leave_out(mark[0], mark.start())
        position = self.passage.source.body.find(mark[0])
        return self.passage.leave_out(mark[0], max(position, 0))


def _holds(code: Span | None, position: int) -> bool:
    return code is not None and code[0] <= position


def _ends(marks: list[re.Match[str]]) -> dict[int, int]:
    """Return which mark ends what each of the others begins; a branch ends where its choice does."""
    found: dict[int, int] = {}
    waiting: dict[str, list[int]] = {}
    choices: list[list[int]] = []
    for number, mark in enumerate(marks):
        name = mark["name"] or ""
        opened = name.removeprefix("end").lstrip("-_") if name.startswith("end") else ""
        if opened in _CHOICES and choices:
            found.update(dict.fromkeys(choices.pop(), number))
        elif opened:
            if waiting.get(opened):
                found[waiting[opened].pop()] = number
        elif name in _CHOICES:
            choices.append([])
        elif name in _BRANCHES:
            if choices and not choices[-1]:
                choices[-1].append(number)
        elif not (name == "set" and "=" in (mark["rest"] or "")):
            waiting.setdefault(name, []).append(number)
    return found


def _fenced(rest: str, code: str) -> str:
    language = next(iter(words(rest)[0]), "")
    fence = "`" * max(3, max((len(run) for run in re.findall(r"`+", code)), default=0) + 1)
    return f"\n{fence}{language}\n{code.strip(chr(10)).rstrip()}\n{fence}\n"


def shortcode(name: str, rest: str) -> str | None:
    """Return what tags mean that many sites have; None for all others."""
    plain, named = words(rest)
    first = plain[0] if plain else named.get("id", "") or named.get("src", "")
    if not first:
        return None
    if name.lower() in PLAYERS:
        return f"\n\n{frame(name.lower(), first)}\n\n"
    if name.lower() in {"gist", "github_gist"}:
        return f"\n\n{gist(first)}\n\n"
    if name.lower() in {"img", "image", "figure"}:
        return _picture(plain, named)
    return None


def _picture(plain: list[str], named: Mapping[str, str]) -> str | None:
    source = named.get("src") or next((word for word in plain if "." in word or "/" in word), "")
    if not source or "{" in source:
        return None
    behind = [word for word in plain if word != source and " " in word]
    alt = named.get("alt") or next(iter(behind), "")
    caption = named.get("caption", "")
    picture = f'<img src="{escape(source)}" alt="{escape(alt)}">'
    return f"<figure>{picture}<figcaption>{escape(caption)}</figcaption></figure>" if caption else picture
