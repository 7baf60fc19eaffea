"""What settings say of the content and of what is made of it."""

from feeds.disk import ContentDirectory
from feeds.model.publication import Publication
from feeds.services.reading import content_suffixes
from feeds.settings import Settings


def publication_of(settings: Settings) -> Publication:
    """Return everything that shapes posts and documents."""
    content = settings.content
    return Publication(
        site=settings.publication,
        generator=content.generator,
        permalink=content.permalink,
        date_formats=content.date_formats,
        definitions=settings.definitions(),
    )


def directory_of(settings: Settings) -> ContentDirectory:
    """Return the directory of the posts."""
    content = settings.content
    return ContentDirectory(content.directory, content_suffixes(content.generator))
