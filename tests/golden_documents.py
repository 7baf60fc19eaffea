"""The documents kept as golden files, and the site that publishes them.

``python tests/golden_documents.py`` writes the files anew: read the difference
before you commit it, for every subscriber will get it.
"""

from pathlib import Path

from builders import a_document, a_feed, a_post, a_site, a_term, an_entry, day
from feeds.model.feed import FeedDocument, Format, History
from feeds.model.post import Author, Picture
from feeds.model.site import Site
from feeds.syndication import opml, render

GOLDEN = Path(__file__).parent / "golden"

SITE: Site = a_site(
    author="Ada & Co", copyright="© 2024 Ada & Co", icon="https://example.com/icon.png", language="en-GB"
)

_NEWEST = a_post(
    "elephants-and-ampersands",
    published=day(9),
    updated=day(12),
    title="""AT&T, <video> & "quotes": it's 3 < 4 ]]> 🐘""",
    summary="""AT&T says <b> is "bold", isn't it? ]]> 🐘""",
    authors=(Author(name="Zoë Müller", url="https://example.com/zo%C3%AB"), Author(name="R&D <team>")),
    categories=(a_term("R&D"), a_term("Straßenbau")),
    tags=(a_term("r&d", "tag"), a_term("naïve", "tag"), a_term("🐘", "tag")),
    picture=Picture(url="https://example.com/big.jpg?w=9&h=9", media_type="image/jpeg", alt="An elephant"),
)
_HEBREW = a_post(
    "shalom",
    published=day(8),
    title="שלום, עולם",
    summary="ברכה קצרה.",
    language="he",
    categories=(a_term("Greetings"),),
)
_BARE = a_post(
    "bare", published=day(7), title="A title and a picture", summary="A title and a picture", language="EN-gb"
)

_BODY = """<p>AT&amp;T &lt;b&gt; ]]&gt; "quoted" 'too' 🐘</p>
<pre><code>if (a &lt; b &amp;&amp; c) {
\treturn;
}</code></pre>
<p><a href="https://example.com/?a=1&amp;b=2#top" title="a > b">a link</a>
<img src="https://example.com/i.png" srcset="https://example.com/i.png 1x, https://example.com/j.png 2x" alt=""></p>"""

_MAGAZINE = (
    an_entry(_NEWEST, html=_BODY),
    an_entry(_HEBREW, html='<p dir="rtl">שלום &amp; ברכה</p>'),
    an_entry(_BARE, html=""),
)

DOCUMENTS: dict[str, FeedDocument] = {
    "empty": a_document(feed=a_feed("empty", title="Nothing yet", description="A feed that waits.")),
    "one": a_document(an_entry(a_post("first", title="The first post"))),
    "magazine": a_document(*_MAGAZINE, feed=a_feed("magazine", title="R&D <weekly>", description="All of R&D.")),
    "unicode": a_document(an_entry(a_post("green")), feed=a_feed("category/für alle", title="Für alle 日本")),
}

_ARCHIVED = a_feed("category/für alle", title="Für alle 日本")

#: The same for archive documents, and a subscription document that is all there is.
ARCHIVES: dict[str, FeedDocument] = {
    "archive": a_document(
        an_entry(a_post("second", published=day(2), title="The second post")),
        an_entry(a_post("first", title="The first post"), html=""),
        feed=_ARCHIVED,
        history=History(
            archive="category/für alle/archive/2-0123456789",
            older="category/für alle/archive/1-abcdef0123",
            newer="category/für alle/archive/3",
        ),
    ),
    "first-archive": a_document(
        an_entry(a_post("first", title="The first post")),
        feed=_ARCHIVED,
        history=History(archive="category/für alle/archive/1"),
    ),
    "archived": a_document(an_entry(a_post("last")), history=History(older="all/archive/7")),
    "complete": a_document(an_entry(a_post("only")), history=History(complete=True)),
}

OPML_FEEDS = (
    DOCUMENTS["magazine"].feed,
    a_feed("category/für alle", title="""Für "alle" 日本""", formats=(Format.JSON, Format.ATOM)),
    a_feed("json-only", title="Only JSON", formats=(Format.JSON,)),
)


def golden(name: str, format: Format) -> bytes:
    return (GOLDEN / f"{name}.{format}").read_bytes()


if __name__ == "__main__":
    for name, document in (DOCUMENTS | ARCHIVES).items():
        for format in Format:
            (GOLDEN / f"{name}.{format}").write_bytes(render.render(document, SITE, format))
    (GOLDEN / "feeds.opml").write_bytes(opml.render(SITE, OPML_FEEDS))
