"""Everything of the settings that shapes posts and documents."""

from dataclasses import dataclass, field
from hashlib import sha256

from feeds.model.customs import Customs
from feeds.model.feed import FeedDefinition
from feeds.model.site import Site

#: The letters that may stand behind ``%`` in a date format: those of strptime that give digits or English names.
DATE_DIRECTIVES = "YmdHIMSpbBaAfzZ%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What is published, and how its content is to be read.

    ``generator`` names a dialect, ``customs`` are what the site's own files
    say; an empty ``permalink`` means the dialect's own; ``date_formats`` are
    strptime patterns that are tried first.
    """

    site: Site
    generator: str
    customs: Customs = field(default_factory=Customs)
    permalink: str
    date_formats: tuple[str, ...]
    definitions: tuple[FeedDefinition, ...]

    #: Whether it is remembered what documents held, for readers that ask for what is new to them.
    delta: bool = False

    @property
    def interpretation(self) -> str:
        """A digest of all that posts are read with: another one, and every file is read again."""
        parts = (self.site, self.generator, self.permalink, self.date_formats)
        return _digest(*parts, str(self.customs)) if self.customs else _digest(*parts)

    @property
    def convention(self) -> str:
        """Tell all that bodies are read by: the generator, and a digest of the site's customs where it has any."""
        return f"{self.generator} {_digest(str(self.customs))}" if self.customs else self.generator

    @property
    def presentation(self) -> str:
        """A digest of all that documents are made with: another one, and every document is made again."""
        return _digest(self.interpretation, self.definitions)


def _digest(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()
