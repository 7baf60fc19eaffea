"""OPML 2.0: the list of all feeds, for readers to import in one go."""

from collections.abc import Sequence

from lxml import etree

from feeds.model.feed import Feed, Format
from feeds.model.site import Site
from feeds.syndication.addresses import self_url


def render(site: Site, feeds: Sequence[Feed]) -> bytes:
    """Return the list of ``feeds``, in that order, each with the first of its formats (RSS, Atom, JSON).

    ``xmlUrl`` is where a reader subscribes: of a feed that exists only as JSON
    it is that document, for a list of every feed must not hide one.  There is
    no date, since the same feeds give the same bytes, and no ``docs``, which
    the W3C validator takes for an error.
    """
    opml = etree.Element("opml", version="2.0")
    head = etree.SubElement(opml, "head")
    etree.SubElement(head, "title").text = site.title
    body = etree.SubElement(opml, "body")
    for feed in feeds:
        format = next(format for format in Format if format in feed.formats)
        etree.SubElement(
            body,
            "outline",
            type="rss",
            text=feed.title,
            title=feed.title,
            xmlUrl=self_url(site, feed, format),
            htmlUrl=site.url,
        )
    return etree.tostring(opml, encoding="UTF-8", xml_declaration=True, pretty_print=True)
