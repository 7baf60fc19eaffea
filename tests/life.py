"""The posts of a simulated publication: what is true of each, kept apart from what the service says."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

_MARK = re.compile(r"\bp(\d+)x\b")


@dataclass(kw_only=True, eq=False)
class Piece:
    """One post, known by its ``number``, which stands in its title and its body for ever.

    ``excuses`` counts what may move its ``updated``, ``edits`` what must;
    ``mint`` is what its id was made of when the ledger met the post, empty
    before.  With ``minor`` its last edits were not worth telling.
    """

    number: int
    path: str
    words: str
    body: str
    published: datetime
    categories: tuple[str, ...] = ()
    form: str = "yaml"
    embargo: datetime | None = None
    expires: datetime | None = None
    draft: bool = False
    exists: bool = True
    broken: bool = False
    minor: bool = False
    excuses: int = 0
    edits: int = 0
    mint: tuple[str, ...] = ()
    in_ledger: bool = False

    @property
    def title(self) -> str:
        return f"p{self.number}x {self.words}".strip()

    @property
    def visible_from(self) -> datetime:
        return max(self.published, self.embargo) if self.embargo else self.published

    def is_visible(self, now: datetime) -> bool:
        """Tell whether readers may see it: the truth, by its own reckoning."""
        return (
            self.exists
            and not self.draft
            and self.visible_from <= now
            and not (self.expires is not None and self.expires <= now)
        )

    def slugs(self) -> set[str]:
        return {category.lower() for category in self.categories}

    def text(self) -> str:
        """Return the file, in the form of front matter that it has now."""
        if self.broken:
            return f"---\ntitle: {self.title}\ndate: {_stamp(self.published)}\n\nNever closed.\n"
        fields = self._fields()
        match self.form:
            case "toml":
                lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
                return "\n".join(["+++", *lines, "+++", self.body, ""])
            case "json":
                return f"{json.dumps(fields, ensure_ascii=False)}\n\n{self.body}\n"
            case _:
                lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
                return "\n".join(["---", *lines, "---", self.body, ""])

    def _fields(self) -> dict[str, object]:
        found: dict[str, object] = {"title": self.title, "date": _stamp(self.published)}
        if self.categories:
            found["categories"] = list(self.categories)
        if self.embargo:
            found["embargo"] = _stamp(self.embargo)
        if self.expires:
            found["expires"] = _stamp(self.expires)
        if self.draft:
            found["draft"] = True
        if self.minor:
            found["minor"] = True
        return found


def number_in(text: str) -> int:
    """Return the number of the post that ``text`` is of; raises ValueError where it names none."""
    found = _MARK.search(text)
    if not found:
        raise ValueError(f"no post is named in {text!r}")
    return int(found[1])


def newest_first(pieces: Iterable[Piece]) -> list[Piece]:
    """Sort as feeds do; the order of posts of one second is not told."""
    return sorted(pieces, key=lambda piece: piece.published, reverse=True)


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
