"""Blade in the posts of Jigsaw: what feeds can show of it."""

import re
from dataclasses import dataclass
from html import escape

from feeds.content.codeblocks import code_spans
from feeds.content.fields import text
from feeds.content.notes import MOST
from feeds.content.passage import Passage

_MARK = re.compile(
    r"\{\{--(?:[^-{]|-(?!-\}\})|\{(?!\{--))*+--\}\}"
    r"|(?P<literal>@(?:\{\{(?:[^{}]|\{[^{}]*+\})*+\}\}|\{!!(?:[^!{]|!(?!!\})|\{(?!!!))*+!!\}|@(?=[a-z])))"
    r"|\{\{(?P<escaped>(?:[^{}]|\{[^{}]*+\})*+)\}\}"
    r"|\{!!(?P<raw>(?:[^!{]|!(?!!\})|\{(?!!!))*+)!!\}"
    r"|(?<![\w.@/])@(?P<name>[a-zA-Z]+)(?P<rest>[ \t]*\((?:[^()]|\((?:[^()]|\([^()]*+\))*+\))*+\))?"
)
_PAGE = re.compile(r"\$page->(\w+)")
_QUOTED = re.compile(r"""(["'])([^"']*)\1""")
_ASSET = re.compile(r"""\$page->baseUrl\s*\.\s*(["'])([^"']*)\1|(?:url|asset|mix)\(\s*(["'])([^"']*)\3\s*\)""")

#: Directives between which nothing is for readers; choices, of which the first branch is read; marks without a text.
_DROPPED = frozenset(
    {"foreach", "for", "forelse", "while", "php", "push", "prepend", "once", "component", "slot", "script", "style"}
)
_CHOICES = frozenset({"if", "unless", "isset", "empty"})
_BRANCHES = frozenset({"else", "elseif"})
_SILENT = frozenset({"section", "stop", "show", "append", "overwrite", "parent", "extends", "use", "verbatim"})
_LEFT_OUT = frozenset(
    {"include", "includeIf", "includeWhen", "includeFirst", "each", "yield", "stack", "inject", "markdown", "json"}
)
_KNOWN = _DROPPED | _CHOICES | _BRANCHES | _SILENT | _LEFT_OUT


def render(passage: Passage, body: str) -> str:
    """Return ``body``, that of the passage, without Blade outside of code.

    ``@verbatim`` and the signs that keep a mark as it is work in code too,
    since they are there for code.
    """
    if "{{" not in body and "@" not in body and "{!!" not in body:
        return body
    return _Rendering(passage, body).text()


@dataclass
class _Rendering:
    """One body on its way."""

    passage: Passage
    body: str
    noted: int = 0

    def text(self) -> str:
        marks = [mark for mark in _MARK.finditer(self.body) if mark["name"] is None or _known(mark["name"])]
        ends = _ends(marks)
        spans = iter(code_spans(self.body))
        code = next(spans, None)
        pieces: list[str] = []
        done = at = 0
        while at < len(marks):
            mark = marks[at]
            while code and code[1] <= mark.start():
                code = next(spans, None)
            in_code = code is not None and code[0] <= mark.start()
            said, done_at, following = self._step(mark, at, ends, marks, in_code=in_code)
            pieces += (self.body[done : mark.start()], said)
            done, at = done_at, following
        return "".join((*pieces, self.body[done:]))

    def _step(
        self, mark: re.Match[str], at: int, ends: dict[int, int], marks: list[re.Match[str]], *, in_code: bool
    ) -> tuple[str, int, int]:
        """Return what a mark says, where the text goes on behind it, and with which mark."""
        name, end = mark["name"], ends.get(at)
        if mark["literal"]:
            return mark["literal"][1:], mark.end(), at + 1
        if name == "verbatim" and end is not None:
            return self.body[mark.end() : marks[end].start()], marks[end].end(), end + 1
        if in_code:
            return mark[0], mark.end(), at + 1
        if end is not None and name in _BRANCHES:
            return "", marks[end].start(), end
        if end is not None and name in _DROPPED:
            return self._left_out(mark), marks[end].end(), end + 1
        said = self._said(mark)
        return (self._left_out(mark) if said is None else said), mark.end(), at + 1

    def _said(self, mark: re.Match[str]) -> str | None:
        if mark["name"]:
            return None if mark["name"] in _LEFT_OUT | _DROPPED else ""
        expression = mark["escaped"] if mark["escaped"] is not None else mark["raw"]
        if expression is None:
            return ""
        said = _value(self.passage, expression.strip())
        return escape(said, quote=False) if said is not None and mark["escaped"] is not None else said

    def _left_out(self, mark: re.Match[str]) -> str:
        self.noted += 1
        # To find the line of a mark takes its time, and more are not kept anyhow.
        return self.passage.leave_out(mark[0], mark.start()) if self.noted <= MOST else ""


def _known(name: str) -> bool:
    return name in _KNOWN or name.removeprefix("end") in _KNOWN


def _ends(marks: list[re.Match[str]]) -> dict[int, int]:
    """Return which mark ends what each of the others begins; a branch ends where its choice does."""
    found: dict[int, int] = {}
    waiting: dict[str, list[int]] = {}
    choices: list[list[int]] = []
    for number, mark in enumerate(marks):
        name = mark["name"] or ""
        opened = name.removeprefix("end") if name.startswith("end") else ""
        if opened in _CHOICES and choices:
            found.update(dict.fromkeys(choices.pop(), number))
        elif opened and waiting.get(opened):
            found[waiting[opened].pop()] = number
        elif name in _CHOICES:
            choices.append([])
        elif name in _BRANCHES and choices and not choices[-1]:
            choices[-1].append(number)
        elif name:
            waiting.setdefault(name, []).append(number)
    return found


def _value(passage: Passage, expression: str) -> str | None:
    """Return what an expression says that a feed knows too: a text, the address of a file, a key of the page."""
    quoted = _QUOTED.fullmatch(expression)
    if quoted:
        return quoted[2]
    asset = _ASSET.fullmatch(expression)
    if asset:
        return f"{passage.site.url}/{(asset[2] or asset[4] or '').lstrip('/')}"
    page = _PAGE.fullmatch(expression)
    if page is None:
        return None
    if page[1] == "baseUrl":
        return passage.site.url
    found = passage.source.fields.get(page[1].lower(), passage.customs.settings.get(page[1]))
    return text(found) if isinstance(found, str) else None
