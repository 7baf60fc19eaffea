"""From reStructuredText to HTML, not yet safe: the one door to docutils.

Nothing is read from the disk or written to it: no configuration files, no
inclusions, no style sheets.  What docutils complains of is left out, and told.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from feeds.content.restructured_marks import register

if TYPE_CHECKING:
    from docutils import nodes

#: Longer texts, or such as have more marks that may lead nowhere, cost docutils more than a post is worth.
MAX_TEXT = 256 * 1024
MAX_MARKS = 3000

_MARK = re.compile(r"\w_(?![\w/.])|\|\S|\*\*|(?<![\w*])\*(?=\S)|``|:`|`:")
#: Over so many blanks in a line docutils goes again from each of them.
_GAP = re.compile(r"(?<=\S)[ \t]{1000,}")
_ERROR = 3
_SILENT = 5
_SETTINGS: Mapping[str, Any] = {
    "_disable_config": True,
    "docinfo_xform": False,
    "doctitle_xform": False,
    "file_insertion_enabled": False,
    "halt_level": _SILENT,
    "initial_header_level": 2,
    "input_encoding": "unicode",
    "line_length_limit": MAX_TEXT,
    "math_output": "LaTeX",
    "output_encoding": "unicode",
    "raw_enabled": False,
    "section_self_link": False,
    "syntax_highlight": "none",
    "toc_backlinks": False,
    "warning_stream": False,
}
_STYLE = re.compile(r'(<[a-z][^<>]*?) style="[^"]*"')
#: What stands in the place of something that is not understood: a role around a text, or a mark around a name.
_ROLE = re.compile(r":[\w:+.-]+:`(.*)`|`(.*)`:[\w:+.-]+:", re.DOTALL)
_AROUND = "`|_*"


class TooCostlyError(Exception):
    """The text would cost too much: too long, too deep, or with too many marks or blanks."""


def render(text: str, complain: Callable[[str, int], None]) -> str:
    """Render ``text``; its headings begin with the second level.

    What is not understood is left out but for the text in it, and
    ``complain`` is told of it with its line, from 1.  Raises
    `TooCostlyError`.
    """
    if len(text) > MAX_TEXT or _GAP.search(text) or sum(1 for _ in _MARK.finditer(text)) > MAX_MARKS:
        raise TooCostlyError
    # Slow to import, and few sites write in it.
    from docutils.core import publish_doctree, publish_parts
    from docutils.io import DocTreeInput
    from docutils.parsers import null, rst
    from docutils.readers.doctree import Reader
    from docutils.transforms import Transform

    class Limited(Transform):
        """Refuses substitutions in which there are others, or which would fill the page, before any is made."""

        default_priority = 1

        def apply(self) -> None:
            if _is_costly(self.document):
                raise TooCostlyError

    class Parser(rst.Parser):
        """Reads a text, within limits."""

        def get_transforms(self) -> list[type[Transform]]:
            return [*super().get_transforms(), Limited]

    register()
    try:
        settings = {**_SETTINGS, "report_level": _ERROR}
        document = publish_doctree(text, parser=Parser(), settings_overrides=settings)
        for message, line in _complaints(document):
            complain(message, line)
        _mark_code(document)
        parts = publish_parts(
            document,
            source_class=DocTreeInput,
            reader=Reader(parser=null.Parser()),
            writer="html5",
            settings_overrides={**_SETTINGS, "report_level": _SILENT},
        )
    except RecursionError:
        raise TooCostlyError from None
    return _STYLE.sub(r"\1", str(parts["fragment"])).strip()


def _is_costly(document: "nodes.document") -> bool:
    from docutils import nodes

    longest = 0
    for definition in document.substitution_defs.values():
        if next(iter(definition.findall(nodes.substitution_reference)), None):
            return True
        longest = max(longest, len(definition.astext()))
    return longest * sum(1 for _ in document.findall(nodes.substitution_reference)) > MAX_TEXT


def _complaints(document: "nodes.document") -> Iterator[tuple[str, int]]:
    """Take the complaints out of a document, and what they are about but for its text."""
    from docutils import nodes

    for problem in list(document.findall(nodes.problematic)):
        if problem.parent is not None:
            problem.parent.replace(problem, nodes.Text(_said(problem.astext())))
    messages = [*document.findall(nodes.system_message), *document.transform_messages]
    document.transform_messages.clear()
    for message in messages:
        if message.parent is not None:
            message.parent.remove(message)
        if message.get("level", 0) >= _ERROR and message.children:
            yield " ".join(message.children[0].astext().split()), message.get("line", 1)


def _mark_code(document: "nodes.document") -> None:
    """Write code in a line as HTML does: docutils has no element for it."""
    from docutils import nodes

    for code in list(document.findall(nodes.literal)):
        code.parent.replace(code, nodes.raw("", f"<code>{escape(code.astext())}</code>", format="html"))


def _said(written: str) -> str:
    """Return the text that readers should see of a mark that is not understood."""
    role = _ROLE.fullmatch(written)
    return (role[1] or role[2] or "") if role else written.strip(_AROUND)
