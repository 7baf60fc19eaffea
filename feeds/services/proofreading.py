"""Reading as a check does it: with what an editor would ask the author, which costs as much as a fifth of reading."""

from dataclasses import dataclass

from feeds.content.dialects import dialect
from feeds.content.proofread import proofread
from feeds.model.finding import Finding
from feeds.model.post import Post
from feeds.model.source import Source
from feeds.services.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Proofreading(Reading):
    """Reads files like any `Reading`, and adds to their findings what `feeds.content.proofread` says."""

    def _advice(self, source: Source, post: Post) -> tuple[Finding, ...]:
        its = dialect(self.publication.generator)
        return proofread(source, post, site=self.publication.site, dialect=its)
