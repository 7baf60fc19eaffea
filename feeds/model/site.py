"""The publication whose posts are syndicated."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What every feed says of the publication.

    ``url`` is the home page of the site and ``public_url`` where this service
    is reached, both absolute, normalised and without a trailing slash.
    ``timezone`` is an IANA name, ``language`` a BCP 47 tag.  ``authority`` is
    the host in the ids that are made, "" for that of ``url``; ``default_time``
    is the time of day of dates without one.  ``license`` is that of posts which
    name none, as `feeds.model.license.read_license` reads it; ``media_url`` the
    absolute URL below which files are that posts name without any folder.
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
    authority: str = ""
    default_time: time = time()
    license: str = ""
    media_url: str = ""
