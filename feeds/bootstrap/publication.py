"""What is published, from the settings."""

from feeds.model.publication import Publication
from feeds.settings import Settings


def publication_of(settings: Settings) -> Publication:
    """Return the publication that ``settings`` describe."""
    content = settings.content
    return Publication(
        site=settings.publication,
        generator=content.generator,
        permalink=content.permalink,
        date_formats=content.date_formats,
        definitions=settings.definitions(),
    )
