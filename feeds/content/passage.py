"""The body of a post on its way to HTML."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from feeds.content.notes import Notes
from feeds.model.customs import Customs
from feeds.model.site import Site
from feeds.model.source import Source, Value

#: What stands in the place of the address of a page that is not there: no link can have this scheme, so its text stays.
NOWHERE = "unresolved:"


def _nowhere(_path: str) -> str:
    return ""


def _unknown(_path: str) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A body with all that its generator's marks may speak of; ``notes`` alone grows.

    ``url`` is the address of the post's page.  ``address`` gives that of the
    page of another file, whose path is relative to the content directory; ""
    where there is none.  ``front`` gives the front matter of such a file, be it
    a post or not, None where there is none.
    """

    source: Source
    url: str
    site: Site
    customs: Customs = field(default_factory=Customs)
    address: Callable[[str], str] = _nowhere
    front: Callable[[str], Mapping[str, Value] | None] = _unknown
    notes: Notes = field(compare=False)

    def leave_out(self, mark: str, position: int) -> str:
        """Return "", and note that ``mark``, at ``position`` of the body, says nothing to readers of feeds."""
        shown = " ".join(mark.split())[:80]
        if not self.notes.is_news("template-removed", shown):
            return ""
        line = self.line(position)
        message = f'"{shown}" is for the generator alone: left out.'
        advice = "Say it in Markdown or HTML if readers of the feed are to see it."
        self.notes.warn("template-removed", line, message, advice, key=shown)
        return ""

    def line(self, position: int) -> int:
        """Return the line of the file that the character at ``position`` of the body is on."""
        return self.source.body_line + self.source.body.count("\n", 0, position)
