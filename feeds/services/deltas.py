"""What is new to a reader, for those that ask for no more (RFC 3229)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from feeds.errors import StoreError
from feeds.model.artefact import Artefact
from feeds.model.feed import Format
from feeds.services.serve import Kept, Memory
from feeds.syndication.delta import newer

#: Bytes of what was made last, for the next reader who has the same version.
_ROOM = 8 << 20

_FORMATS = {format.media_type: format for format in Format}

#: More versions than these no reader has at once.
_MOST_VERSIONS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """The entries that are not in the version ``base`` of a document, as a document."""

    base: str
    body: bytes


class Deltas:
    """The differences between versions of documents; ``recall`` gives what earlier versions of one held.

    Safe to use from several threads.
    """

    def __init__(self, recall: Callable[[str, Iterable[str]], Mapping[str, bytes]]) -> None:
        self._recall = recall
        self._memory = Memory(_ROOM)

    def covers(self, artefact: Artefact) -> bool:
        """Tell whether there may be any for a document."""
        return artefact.media_type in _FORMATS and not artefact.lasting

    def since(self, artefact: Artefact, etags: Iterable[str]) -> Delta | None:
        """Return what is new since the latest of some versions; None where none is known, or everything is new."""
        wanted = sorted(set(etags))[:_MOST_VERSIONS]
        if not wanted or not self.covers(artefact):
            return None
        try:
            known = self._recall(artefact.path, wanted)
        except StoreError:
            return None
        for base, entries in known.items():
            return self._delta(artefact, base, entries)
        return None

    def encoded(self, artefact: Artefact, delta: Delta, coding: str, encode: Callable[[bytes], bytes]) -> bytes:
        """Return the body of a difference in a coding, made by ``encode`` unless it is in memory."""
        key = _key(artefact, delta.base)
        kept = self._memory.get(key)
        body = kept.body(coding) if kept else None
        if body is None:
            body = encode(delta.body)
            if kept:
                self._memory.put(key, replace(kept, encoded={**kept.encoded, coding: body}))
        return body

    def _delta(self, artefact: Artefact, base: str, entries: bytes) -> Delta | None:
        key = _key(artefact, base)
        kept = self._memory.get(key)
        body = kept.body(None) if kept else newer(artefact.body, _FORMATS[artefact.media_type], entries)
        if body is None:
            return None
        if not kept:
            self._memory.put(key, Kept(found=replace(artefact, body=body), generation=(0, 0)))
        return Delta(base=base, body=body)


def _key(artefact: Artefact, base: str) -> str:
    return f"{artefact.path} {base} {artefact.etag}"
