"""What settings say of the content and of what is made of it."""

from feeds.bootstrap.surroundings import customs_of
from feeds.content.dialects import dialect
from feeds.disk import ContentDirectory
from feeds.model.publication import Publication
from feeds.services.reading import Reading, content_suffixes
from feeds.settings import Settings


def publication_of(settings: Settings) -> Publication:
    """Return everything that shapes posts and documents, with what the site's own files say at this moment."""
    content = settings.content
    customs, _ = customs_of(content.directory, dialect(content.generator))
    return Publication(
        site=settings.publication,
        generator=content.generator,
        customs=customs,
        permalink=content.permalink,
        date_formats=content.date_formats,
        definitions=settings.definitions(),
    )


def reading_of(settings: Settings, publication: Publication) -> Reading:
    """Return what reads the content."""
    directory = ContentDirectory(settings.content.directory, content_suffixes(publication.generator))
    return Reading(directory=directory, publication=publication)
