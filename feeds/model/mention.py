"""Something in the front matter of a post that is wrong only beside other posts."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from feeds.model.finding import Finding

#: What the terms of each kind are called among the meanings of front matter (see the dialects).
MEANING_OF_KIND: Mapping[str, str] = MappingProxyType(
    {"category": "categories", "tag": "tags", "author": "authors", "language": "language"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A finding that does not know yet on which line it is: on that of the key with this ``meaning``.

    Without a meaning the whole file is meant.
    """

    finding: Finding
    meaning: str = ""
