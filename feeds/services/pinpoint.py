"""On which line of its file a finding is that was made without the file at hand."""

from dataclasses import replace

from feeds.content.dialects import dialect
from feeds.content.fields import find
from feeds.content.parse import parse
from feeds.disk import Unsettled
from feeds.errors import ContentError
from feeds.model.finding import Finding
from feeds.model.mention import Mention
from feeds.model.source import Source
from feeds.services.reading import Reading


def pinpoint(reading: Reading, mention: Mention) -> Finding:
    """Return the finding with the line of the key that it is about; as it is, where the file does not say it.

    What a post does not say itself comes from the name of its file, or its body.
    """
    found = mention.finding
    source = _source(reading, found) if mention.meaning else None
    if source is None:
        return found
    key, _ = find(source.fields, dialect(reading.publication.generator).keys[mention.meaning])
    return replace(found, line=source.lines.get(key) or source.lines.get(key.partition(".")[0], 0))


def _source(reading: Reading, found: Finding) -> Source | None:
    """Read the file that a finding is in, None if that cannot be done at this moment."""
    stat = reading.directory.look(str(found.path))
    if stat is None:
        return None
    try:
        return parse(found.path, reading.directory.read(str(found.path), stat))
    except (Unsettled, ContentError):
        return None
