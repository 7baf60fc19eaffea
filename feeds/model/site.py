"""The publication whose posts are syndicated."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What every feed says of the publication.

    ``url`` is the home page of the site and ``public_url`` where this service
    is reached, both absolute, normalised and without a trailing slash.
    ``timezone`` is an IANA name, ``language`` a BCP 47 tag.
    """

    title: str
    url: str
    public_url: str
    description: str
    language: str = "en"
    timezone: str = "UTC"
    author: str = ""
    copyright: str = ""
    icon: str = ""
