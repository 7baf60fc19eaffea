"""The addresses of other pages that one body asks for."""

from collections.abc import Callable, Iterable

#: More files than this are not looked for on behalf of one body.
_MOST = 2_000


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
