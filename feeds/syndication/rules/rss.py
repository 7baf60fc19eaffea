"""The rules of RSS 2.0 and of the RSS Advisory Board's Best Practices Profile."""

import re
from collections.abc import Iterator

from lxml import etree

from feeds.syndication.rules import clauses, elements, markup, podcast
from feeds.syndication.rules.elements import ATOM, DC
from feeds.syndication.rules.fault import Fault, doubtful, faulty, in_entry, placed
from feeds.syndication.rules.parts import Parts

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"

_CHANNEL = frozenset(
    (
        *(
            "title",
            "link",
            "description",
            "language",
            "copyright",
            "managingEditor",
            "webMaster",
            "pubDate",
            "lastBuildDate",
        ),
        *(
            "category",
            "generator",
            "docs",
            "cloud",
            "ttl",
            "image",
            "rating",
            "textInput",
            "skipHours",
            "skipDays",
            "item",
        ),
    )
)
_ITEM = frozenset(
    ("title", "link", "description", "author", "category", "comments", "enclosure", "guid", "pubDate", "source")
)
_IMAGE = frozenset({"url", "title", "link", "width", "height", "description"})

#: What the validator takes for two ways of saying one thing.
_PAIRS = (
    ("author", f"{DC}creator"),
    ("pubDate", f"{DC}date"),
    ("pubDate", f"{ATOM}published"),
    ("guid", f"{ATOM}id"),
    ("category", f"{DC}subject"),
    ("source", f"{DC}source"),
    ("description", f"{ATOM}summary"),
    ("description", f"{ATOM}content"),
    ("managingEditor", f"{DC}creator"),
    ("language", f"{DC}language"),
    ("copyright", f"{DC}rights"),
    ("webMaster", f"{DC}publisher"),
)

#: What an image may be at most, in pixels, and what it is without a word.
_WIDTH, _HEIGHT = 144, 400

#: In plain texts, markup is to be written as hexadecimal references: readers that take them for HTML get these right.
_BADLY_SPELT = re.compile(rb"<(title|category|copyright|dc:creator)>[^<]*&(?:amp|lt|gt|quot|apos|#\d+);")

_IMAGES = (".gif", ".jpeg", ".jpg", ".png")


def problems(rss: etree._Element, self_url: str, body: bytes) -> Iterator[Fault]:
    """Find what is wrong with a document."""
    yield from elements.declaration(rss, body)
    yield from elements.namespaces(rss, {ATOM[1:-1]: "atom"})
    yield from elements.unfit(rss, "item", body)
    channels = rss.findall("channel")
    if rss.tag != "rss" or rss.get("version") != "2.0" or len(channels) != 1:
        yield faulty("document-root", 'the root is not <rss version="2.0"> with one <channel>')
        return
    for name in sorted(set(_BADLY_SPELT.findall(body))):
        yield doubtful("document-spelling", f"markup in <{name.decode()}> is not written as hexadecimal references")
    yield from _problems(Parts(channels[0]), self_url, is_podcast=podcast.is_podcast(rss))


def _problems(channel: Parts, self_url: str, *, is_podcast: bool) -> Iterator[Fault]:
    yield from placed("the channel", _channel_problems(channel))
    if is_podcast:
        yield from placed("the channel", podcast.channel_problems(channel))
    yield from elements.wrong_self(channel, "application/rss+xml", self_url)
    yield from elements.misplaced_metadata(channel, "item")
    items = [Parts(item) for item in channel.all("item")]
    yield from clauses.repeated_ids("guid", (guid for item in items for guid in elements.texts(item, "guid")))
    for number, item in enumerate(items, 1):
        yield from in_entry(number, _item_problems(item))
        if is_podcast:
            yield from in_entry(number, podcast.item_problems(item))


def _channel_problems(channel: Parts) -> Iterator[Fault]:
    yield from elements.missing(channel, "title", "link", "description")
    yield from elements.doubled(channel, *(_CHANNEL - {"item", "category"}))
    yield from _undefined(channel, _CHANNEL)
    yield from elements.said_twice(channel, _PAIRS)
    yield from elements.links(channel)
    yield from elements.history(channel)
    yield from clauses.bad_urls(elements.texts(channel, "link", "docs"))
    yield from clauses.bad_rfc822(elements.texts(channel, "lastBuildDate", "pubDate"))
    yield from clauses.bad_languages(elements.texts(channel, "language"))
    yield from clauses.bad_contacts(elements.texts(channel, "managingEditor", "webMaster"))
    yield from clauses.markup_in_texts(elements.texts(channel, "title", "description", "copyright", "category"))
    for ttl in elements.texts(channel, "ttl"):
        if not (ttl.isdecimal() and int(ttl)):
            yield faulty("document-ttl", f'the ttl "{ttl}" is not a whole number greater than 0')
    if "textInput" in channel:
        yield doubtful("document-element", "<textInput> is of no use to readers")
    for image in channel.all("image"):
        yield from _image_problems(Parts(image), channel)


def _image_problems(image: Parts, channel: Parts) -> Iterator[Fault]:
    yield from elements.missing(image, "url", "title", "link")
    yield from _undefined(image, _IMAGE)
    yield from clauses.bad_urls(elements.texts(image, "url", "link"))
    for name in ("title", "link"):
        if elements.texts(image, name) != elements.texts(channel, name):
            yield doubtful("document-image", f"the image's {name} is not the channel's")
    for url in elements.texts(image, "url"):
        if not url.lower().partition("?")[0].endswith(_IMAGES):
            yield doubtful("document-image", f'the image "{url}" is neither GIF nor JPEG nor PNG')
    for name, most in (("width", _WIDTH), ("height", _HEIGHT)):
        for size in elements.texts(image, name):
            if not size.isdecimal() or not 0 < int(size) <= most:
                yield faulty("document-image-size", f'the {name} "{size}" of the image is not within 1 and {most}')


def _item_problems(item: Parts) -> Iterator[Fault]:
    if "title" not in item and "description" not in item:
        yield faulty("document-missing", "there is neither title nor description")
    yield from elements.missing(item, "link", "guid", "pubDate")
    yield from elements.doubled(item, "title", "link", "description", "author", _CONTENT, "guid", "pubDate", "source")
    yield from _undefined(item, _ITEM)
    yield from elements.said_twice(item, _PAIRS)
    yield from elements.links(item)
    yield from clauses.bad_rfc822(elements.texts(item, "pubDate"))
    yield from clauses.bad_urls(elements.texts(item, "link", "comments"))
    yield from clauses.bad_contacts(elements.texts(item, "author"))
    yield from clauses.bad_names(elements.texts(item, f"{DC}creator"))
    yield from clauses.markup_in_texts(elements.texts(item, "title", "category"))
    yield from elements.media(item)
    yield from _bad_guids(item)
    yield from _content_without_description(item)
    yield from _bad_enclosures(item)
    if any(not url for url in elements.attributes(item, "url", "source")):
        yield faulty("document-attribute", "the source has no url")
    for html in elements.texts(item, "description", _CONTENT):
        yield from markup.problems(html)


def _undefined(parent: Parts, known: frozenset[str]) -> Iterator[Fault]:
    """Find elements that RSS does not know there, or knows in another case."""
    for name in parent.names:
        if name not in known and not name.startswith("{"):
            yield faulty("document-element", f"<{name}> is no element of <{parent.tag}>")


def _bad_enclosures(item: Parts) -> Iterator[Fault]:
    enclosures = item.all("enclosure")
    if len(enclosures) > 1:
        yield doubtful("document-enclosures", "there is more than one enclosure: readers take one of them")
    for enclosure in enclosures:
        length = enclosure.get("length", "")
        if not enclosure.get("type") or not length:
            yield faulty("document-attribute", "an enclosure has no type or no length")
        elif length.startswith("-"):
            yield doubtful("document-enclosure-length", "the length of an enclosure that is not known is 0")
        elif not length.isdecimal():
            yield faulty("document-attribute", f'the length "{length}" of an enclosure is not a number of bytes')
        yield from clauses.bad_media_types(filter(None, [enclosure.get("type")]))
        yield from clauses.bad_urls([enclosure.get("url", "")])


def _bad_guids(item: Parts) -> Iterator[Fault]:
    for guid in item.all("guid"):
        permanent = guid.get("isPermaLink", "true")
        yield from clauses.bad_guids([guid.text or ""])
        if permanent not in ("true", "false"):
            yield faulty("document-guid", f'isPermaLink="{permanent}" is neither "true" nor "false"')
        elif permanent == "true" and not clauses.is_url(guid.text or ""):
            yield faulty("document-guid", 'a guid that is no URL needs isPermaLink="false"')


def _content_without_description(item: Parts) -> Iterator[Fault]:
    """Find a content that no summary precedes: readers take the first of the two for the description."""
    if _CONTENT in item and "description" not in item.names[: item.names.index(_CONTENT)]:
        yield doubtful("document-description", "there is no description before content:encoded")
