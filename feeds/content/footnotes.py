"""Footnotes whose labels are words, as pulldown-cmark, Goldmark and Python-Markdown allow them."""

import re

from feeds.content.code import replaced

_DEFINITION = re.compile(r"^ {0,3}\[\^([^\[\]\n]++)\]:", re.MULTILINE)
_LABEL = re.compile(r"\[\^([^\[\]\n]++)\]")
#: A blank that ends no label where it is rendered; nobody sees labels.
_BLANK = "\N{NO-BREAK SPACE}"


def joined(body: str) -> str:
    """Return ``body``, in which the labels of footnotes that are written somewhere have no plain blanks."""
    if "[^" not in body:
        return body
    known = {_key(label) for label in _DEFINITION.findall(body) if " " in label.strip()}
    return replaced(body, _LABEL, lambda mark: _joined(mark, known)) if known else body


def _joined(mark: re.Match[str], known: set[str]) -> str:
    label = _key(mark[1])
    return f"[^{label}]" if label in known else mark[0]


def _key(label: str) -> str:
    return _BLANK.join(label.lower().split())
