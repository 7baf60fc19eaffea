"""Knowing a file again under another name."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from feeds.content.permalink import stem
from feeds.model.post import Post
from feeds.services.reading import Candidate
from feeds.store.identities import Identity


def recognise(
    found: Sequence[Candidate],
    own: Mapping[str, Identity],
    alike: Iterable[Identity],
    bodies: Collection[Identity],
    freed: Collection[str],
) -> dict[str, Identity]:
    """Return, by its path, what each of the files ``found`` was before; no two were the same.

    ``own`` are the identities that the paths bear, ``alike`` those with the
    same bytes that no file bears any more, ``bodies`` those with the same body
    whose file is gone.  A file that is what it was stays what it was.  Else the
    same bytes tell more than the path; but a file that bears an identity takes
    another only if that was freed in this very pass (it is among ``freed``),
    as when two files change places.  Then the path tells, and last the body, to
    a file at a new path, if there is no doubt which one is meant.
    """
    search = _Search(found)
    for one in found:
        mine = own.get(one.path)
        if mine and mine.digest == one.digest:
            search.take(one, mine)
    search.by_bytes(own, alike, freed)
    for one in search.unknown():
        if one.path in own:
            search.take(one, own[one.path])
    for key in (_body_and_name, _body):
        search.by_key(bodies, key)
    return search.known


def by_heading(found: Iterable[Candidate], gone: Iterable[Post]) -> dict[str, str]:
    """Return, by its path, the id of the post that a file was, of those whose files are ``gone`` in this very pass.

    Nothing but title and date tell, which is enough where there is just one of
    each: a file that was renamed and rewritten in one go.
    """
    lost: dict[Hashable, list[Post]] = {}
    for post in gone:
        lost.setdefault((post.title, post.published), []).append(post)
    come: dict[Hashable, list[Candidate]] = {}
    for one in found:
        come.setdefault((one.post.title, one.post.published), []).append(one)
    return {
        files[0].path: lost[heading][0].id
        for heading, files in come.items()
        if files[0].post.title and len(files) == len(lost.get(heading, ())) == 1
    }


class _Search:
    """What is known so far."""

    def __init__(self, found: Sequence[Candidate]) -> None:
        self.known: dict[str, Identity] = {}
        self._found = found
        self._taken: set[str] = set()

    def unknown(self) -> list[Candidate]:
        return [one for one in self._found if one.path not in self.known]

    def take(self, one: Candidate, identity: Identity) -> None:
        if identity.id not in self._taken:
            self.known[one.path] = identity
            self._taken.add(identity.id)

    def by_bytes(self, own: Mapping[str, Identity], alike: Iterable[Identity], freed: Collection[str]) -> None:
        """Pair files with identities of the same bytes, first those of the same name."""
        same: dict[str, list[Identity]] = {}
        for identity in alike:
            same.setdefault(identity.digest, []).append(identity)
        for is_like in (_is_called_alike, _is_anything):
            for one in self.unknown():
                mine = own.get(one.path)
                for identity in same.get(one.digest, ()):
                    may = mine is None or mine.gone or identity.id in freed
                    if may and identity.id not in self._taken and is_like(one, identity):
                        self.take(one, identity)
                        break

    def by_key(self, some: Collection[Identity], key: Callable[[str, str], Hashable]) -> None:
        """Pair files with identities of the same key, where there is just one of each."""
        gone: dict[Hashable, list[Identity]] = {}
        for identity in some:
            if identity.id not in self._taken:
                gone.setdefault(key(identity.body_digest, identity.path), []).append(identity)
        come: dict[Hashable, list[Candidate]] = {}
        bodies = {identity.body_digest for identity in some}
        for one in self.unknown():
            if one.edition.body in bodies:
                come.setdefault(key(one.edition.body, one.path), []).append(one)
        for same, files in come.items():
            if len(files) == len(gone.get(same, ())) == 1:
                self.take(files[0], gone[same][0])


def _is_called_alike(one: Candidate, identity: Identity) -> bool:
    return _name(one.path) == _name(identity.path)


def _is_anything(_one: Candidate, _identity: Identity) -> bool:
    return True


def _body_and_name(body: str, path: str) -> Hashable:
    return body, _name(path)


def _body(body: str, _path: str) -> Hashable:
    return body


def _name(path: str) -> str:
    return stem(PurePosixPath(path))
