"""The addresses of other pages that one body asks for."""

import re
from collections.abc import Callable, Iterable

#: What stands for the address of a page that is not there: of a link with it, the text alone is left.
NOWHERE = "unresolved:"

#: What stands before the address of a link, in Markdown and HTML, and how long that is at most.
_BEFORE_ADDRESS = re.compile(r"(?:\]\(\s*<?|\]:[ \t]*<?|=[\"']?)$")
_NEAR = 8

#: More files than this are not looked for on behalf of one body.
_MOST = 2_000


def nowhere(text: str, position: int) -> str:
    """Return what to write in ``text``, at ``position``, for the address of a page that is not there."""
    return NOWHERE if _BEFORE_ADDRESS.search(text[max(0, position - _NEAR) : position]) else ""


class Addresses:
    """Asks ``address`` once for each path, and not without end."""

    def __init__(self, address: Callable[[str], str]) -> None:
        self._address = address
        self._known: dict[str, str] = {}

    def first(self, paths: Iterable[str]) -> str:
        """Return the address of the first of ``paths`` that has one; "" where none has."""
        return next(filter(None, map(self._of, paths)), "")

    def _of(self, path: str) -> str:
        if path not in self._known:
            if len(self._known) == _MOST:
                return ""
            self._known[path] = self._address(path)
        return self._known[path]
