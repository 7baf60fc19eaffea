"""The rules of RSS 2.0 and of the RSS Advisory Board's Best Practices Profile."""

from collections.abc import Iterator

from lxml import etree

from feeds.syndication.rules import clauses, elements, markup

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def problems(rss: etree._Element, self_url: str) -> Iterator[str]:
    """Find what is wrong with a document."""
    yield from elements.unfit(rss)
    channels = rss.findall("channel")
    if rss.tag != "rss" or rss.get("version") != "2.0" or len(channels) != 1:
        yield 'the root is not <rss version="2.0"> with one <channel>'
        return
    channel = channels[0]
    yield from clauses.placed("the channel", _channel_problems(channel))
    yield from elements.wrong_self(channel, "application/rss+xml", self_url)
    yield from elements.wrong_history(channel)
    yield from elements.misplaced_metadata(channel, "item")
    items = channel.findall("item")
    yield from clauses.repeated("guid", (guid for item in items for guid in elements.texts(item, "guid")))
    for number, item in enumerate(items, 1):
        yield from clauses.placed(f"entry {number}", _item_problems(item))


def _channel_problems(channel: etree._Element) -> Iterator[str]:
    yield from elements.missing(channel, "title", "link", "description")
    yield from elements.doubled(channel, "title", "link", "description", "language", "image", "lastBuildDate")
    yield from clauses.bad_urls(elements.texts(channel, "link", "image/url", "image/link"))
    yield from clauses.bad_rfc822(elements.texts(channel, "lastBuildDate", "pubDate"))
    for image in channel.iterfind("image"):
        yield from elements.missing(image, "url", "title", "link")
        for name in ("title", "link"):
            if image.findtext(name) != channel.findtext(name):
                yield f"the image's {name} is not the channel's"


def _item_problems(item: etree._Element) -> Iterator[str]:
    if item.find("title") is None and item.find("description") is None:
        yield "there is neither title nor description"
    yield from elements.missing(item, "link", "guid", "pubDate")
    yield from elements.doubled(item, "title", "link", "description", _CONTENT, "guid", "pubDate", "enclosure")
    yield from clauses.bad_rfc822(elements.texts(item, "pubDate"))
    yield from clauses.bad_urls(elements.texts(item, "link"))
    yield from clauses.bad_urls(elements.attributes(item, "url", "enclosure", *elements.MEDIA_URLS))
    yield from _bad_guids(item)
    yield from _content_without_description(item)
    for enclosure in item.iterfind("enclosure"):
        if not enclosure.get("type") or not enclosure.get("length", "").isdecimal():
            yield "an enclosure has no type or no length"
    for html in elements.texts(item, "description", _CONTENT):
        yield from markup.problems(html)


def _bad_guids(item: etree._Element) -> Iterator[str]:
    for guid in item.iterfind("guid"):
        permanent = guid.get("isPermaLink", "true")
        if permanent not in ("true", "false"):
            yield f'isPermaLink="{permanent}" is neither "true" nor "false"'
        elif permanent == "true" and not clauses.is_url(guid.text or ""):
            yield 'a guid that is no URL needs isPermaLink="false"'


def _content_without_description(item: etree._Element) -> Iterator[str]:
    """Find a content that no summary precedes: readers take the first of the two for the description."""
    tags = [child.tag for child in item.iterchildren("*")]
    if _CONTENT in tags and "description" not in tags[: tags.index(_CONTENT)]:
        yield "there is no description before content:encoded"
