"""One reading of one source: what its dialect calls things, and what is noted on the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from feeds.content import text
from feeds.content.fields import find
from feeds.content.notes import Notes
from feeds.errors import ContentError
from feeds.model.customs import Customs
from feeds.model.site import Site
from feeds.model.source import Source, Value

if TYPE_CHECKING:
    from feeds.content.dialects.dialect import Dialect


def unmeasured(_address: str, _page: str) -> int:
    """Know of no file how long it is."""
    return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A source with all that is needed to understand it; ``notes`` alone grows.

    ``date_formats`` are the configured ones and the dialect's.  ``size`` gives
    the bytes of the file at an absolute URL that belongs to a post at another,
    0 where it is not at hand.
    """

    source: Source
    site: Site
    dialect: "Dialect"
    customs: Customs
    date_formats: tuple[str, ...]
    timezone: ZoneInfo
    size: Callable[[str, str], int] = field(default=unmeasured, compare=False)
    notes: Notes = field(compare=False)
    _meant: Mapping[str, tuple[str, ...]] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        known = _known(self.dialect)
        object.__setattr__(self, "_meant", _meant(self.dialect, tuple(filter(known.__contains__, self.source.fields))))

    def keys(self, meaning: str) -> tuple[str, ...]:
        """Return the keys that mean ``meaning`` and that the source may have, the most trusted first."""
        return self._meant.get(meaning, ())

    def find(self, meaning: str) -> tuple[str, Value]:
        """Return the first key that means ``meaning`` and holds something, with its value; ("", "") for none."""
        keys = self._meant.get(meaning)
        return find(self.source.fields, keys) if keys else ("", "")

    def warn(self, code: str, key: str, message: str, advice: str) -> None:
        """Note a doubt about what stands behind ``key``."""
        self.notes.warn(code, self.line(key), message, advice, key=key)

    def inform(self, code: str, key: str, message: str, advice: str) -> None:
        """Note what was made of ``key``, where nothing is wrong with it."""
        self.notes.inform(code, self.line(key), message, advice, key=key)

    def refuse(self, code: str, key: str, message: str, advice: str) -> ContentError:
        """Say why the post has to wait: an error for the caller to raise."""
        return self.notes.refuse(code, self.line(key), message, advice)

    def line(self, key: str) -> int:
        """Return the line of the file on which ``key`` stands, 0 where it does not."""
        return self.source.lines.get(key) or self.source.lines.get(key.partition(".")[0], 0)

    def plain(self, key: str, written: str, longest: int) -> str:
        """Return ``written`` in plain text, cut to ``longest`` characters where it is longer."""
        plain = text.plain(written)
        if len(plain) <= longest:
            return plain
        self.warn("too-long", key, f"the {key} is longer than {longest} characters: cut.", "Shorten it.")
        return plain[:longest].rstrip()


@cache
def _known(dialect: "Dialect") -> frozenset[str]:
    """Return every key that means something, and the names of the maps that hold such keys."""
    keys = [key for keys in dialect.keys.values() for key in keys]
    return frozenset((*keys, *(key.partition(".")[0] for key in keys)))


@lru_cache(maxsize=1024)
def _meant(dialect: "Dialect", said: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Return for each meaning the keys that posts with the keys ``said`` may have; a site has few sets of keys."""
    return {
        meaning: present
        for meaning, keys in dialect.keys.items()
        if (present := tuple(key for key in keys if key in said or key.partition(".")[0] in said))
    }
