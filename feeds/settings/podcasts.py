"""What a podcast says of itself: single values, and what must hold between them.

Like all rules these read the file as it was written, and pass over what they
can make no sense of.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, TypeAlias
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, WithJsonSchema

from feeds.model.doubt import Doubt, KeyPath, doubt, hint
from feeds.model.feed import Format
from feeds.model.podcast import BELOW, MEDIUMS, PODCAST_KINDS, Podcast, category_names
from feeds.settings.advice import did_you_mean, shown
from feeds.settings.problems import Problem, table_name
from feeds.settings.values import String, Text, Texts, one_of

_Table: TypeAlias = Mapping[str, Any]

_MAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+")
_CATEGORIES = {name.casefold(): name for name in category_names()}
#: The categories below others, by their own name.
_INNER = {name.rpartition(BELOW)[2].casefold(): name for name in category_names() if BELOW in name}

#: What Apple takes for the picture of a podcast.
_IMAGES = (".jpeg", ".jpg", ".png")


def category(name: str) -> str:
    """A category of Apple's directory, perhaps with one below it behind ``>``, in any case."""
    spelt = BELOW.join(part.strip() for part in name.split(">"))
    known = _CATEGORIES.get(spelt.casefold())
    if known is None:
        meant = _INNER.get(spelt.casefold())
        advice = f" (did you mean {shown(meant)}?)" if meant else did_you_mean(spelt, _CATEGORIES.values())
        raise ValueError(f"{shown(name)} is no category of Apple's directory{advice or ': see its list'}")
    return known


def mail(address: str) -> str:
    """An e-mail address alone, or none."""
    if address and not _MAIL.fullmatch(address):
        raise ValueError(f"{shown(address)} is not an e-mail address: write it alone, such as ada@example.org")
    return address


def guid(written: str) -> str:
    """A UUID in its one spelling, or none."""
    try:
        return str(UUID(written)) if written else ""
    except ValueError:
        raise ValueError(f"{shown(written)} is not a UUID: take it from the feed as it was, or leave it out") from None


_Category: TypeAlias = Annotated[
    String, AfterValidator(category), WithJsonSchema({"type": "string", "enum": [*category_names()]})
]
PodcastCategories: TypeAlias = Annotated[tuple[_Category, ...], Texts]
Mail: TypeAlias = Annotated[Text, AfterValidator(mail)]
Guid: TypeAlias = Annotated[String, AfterValidator(guid)]
PodcastKind: TypeAlias = Annotated[
    String, AfterValidator(one_of(PODCAST_KINDS)), WithJsonSchema({"type": "string", "enum": [*PODCAST_KINDS]})
]
Medium: TypeAlias = Annotated[
    String, AfterValidator(one_of(MEDIUMS)), WithJsonSchema({"type": "string", "enum": [*MEDIUMS]})
]


def broken_podcasts(document: _Table) -> Iterator[Problem]:
    """Give each podcast that directories would refuse, and what it says that cannot be so."""
    feeds = document.get("feed")
    for place, feed in enumerate(feeds if isinstance(feeds, list) else []):
        podcast = feed.get("podcast") if isinstance(feed, dict) else None
        if isinstance(podcast, dict):
            for key, message in _broken(podcast, feed, document):
                path: KeyPath = ("feed", place, "podcast", *((key,) if key else ()))
                name = table_name(("feed", place, "podcast"), document)
                yield Problem(path=path, message=f"{name}{message}")


def _broken(podcast: _Table, feed: _Table, document: _Table) -> Iterator[tuple[str, str]]:
    defaults, site = (document.get(name) for name in ("defaults", "site"))
    formats = feed.get("formats") or (defaults.get("formats") if isinstance(defaults, dict) else None) or [*Format]
    if "rss" not in (formats if isinstance(formats, list) else [formats]):
        yield "", 'a podcast is an RSS feed: add "rss" to formats'
    if podcast.get("category") == []:
        yield "category", "category is an empty list: name at least one"
    if not podcast.get("image") and not (isinstance(site, dict) and site.get("icon")):
        yield "image", "image is missing, and the site has no icon: give the URL of a square picture"
    if podcast.get("guid") and "for_each" in feed:
        yield "guid", "guid is that of one podcast, but for_each makes many: take it out"
    for key in ("owner", "locked"):
        if key in podcast and not podcast.get("email"):
            yield key, f"{key} needs the e-mail address of the owner: add email"


def podcast_doubts(podcast: Podcast, key: KeyPath) -> Iterator[Doubt]:
    """Give what directories will ask for, or stumble over."""
    if not podcast.email:
        yield hint("config-podcast-owner", (*key, "email"), "the podcast names no e-mail address of its owner")
    if not urlsplit(podcast.image).path.lower().endswith(_IMAGES):
        message = f"the picture {podcast.image} of the podcast is neither JPEG nor PNG"
        yield doubt("config-podcast-image", (*key, "image"), message)
