"""The documents kept as golden files, and the site that publishes them.

``python tests/golden_documents.py`` writes the files anew: read the difference
before you commit it, for every subscriber will get it.
"""

from pathlib import Path

from builders import a_document, a_feed, a_post, a_site, a_term, an_entry, day
from feeds.model.feed import FeedDocument, Format, History
from feeds.model.license import read_license
from feeds.model.media import Enclosure, Episode, Person, Transcript
from feeds.model.podcast import Funding, Podcast
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

_SHOW = Podcast(
    categories=("Science > Natural Sciences", "Kids & Family"),
    image="https://example.com/show.jpeg?v=2",
    owner="Ada & Co",
    email="ada@example.com",
    kind="serial",
    locked=True,
    funding=(Funding(url="https://example.com/support?a=1&b=2", title="Support R&D"),),
)
_LOUD = a_post(
    "loud",
    published=day(9),
    title="Elephants, aloud & clear",
    authors=(Author(name="Zoë Müller"), Author(name="R&D <team>")),
    enclosures=(
        Enclosure(url="https://example.com/notes.pdf", media_type="application/pdf", length=2048, title="Notes"),
        Enclosure(
            url="https://example.com/7.mp3?a=1&b=2",
            media_type="audio/mpeg",
            length=98_076_674,
            duration=3590,
            stated=True,
        ),
        Enclosure(url="https://example.com/7.ogg", media_type="audio/ogg"),
    ),
    episode=Episode(
        title="Aloud & clear",
        number="7",
        season=2,
        season_name="Trunks & tusks",
        kind="full",
        explicit=True,
        picture="https://example.com/7.png",
        chapters="https://example.com/7.json",
        chapters_type="application/json+chapters",
        transcripts=(
            Transcript(url="https://example.com/7.vtt", media_type="text/vtt", language="en", captions=True),
            Transcript(url="https://example.com/7.html", media_type="text/html"),
        ),
        people=(
            Person(
                name="Zoë Müller", role="host", url="https://example.com/zoe", picture="https://example.com/zoe.png"
            ),
            Person(name="Tom & Jerry", role="guest"),
        ),
    ),
    license=read_license("CC BY-SA 4.0"),
)
_BETWEEN = a_post(
    "between",
    published=day(8),
    enclosures=(Enclosure(url="https://example.com/6.5.m4a", media_type="audio/x-m4a"),),
    episode=Episode(number="6.5", number_shown="Six and a half"),
)
_NOTED = a_post(
    "noted",
    published=day(7),
    subject="https://elsewhere.example/story?a=1&b=2",
    original="https://first.example/story",
    license=read_license("All rights reserved & kept"),
    language="fa",
)
_LICENSED = a_post("licensed", published=day(6), license=read_license("https://example.com/terms"))

DOCUMENTS: dict[str, FeedDocument] = {
    "empty": a_document(feed=a_feed("empty", title="Nothing yet", description="A feed that waits.")),
    "one": a_document(an_entry(a_post("first", title="The first post"))),
    "magazine": a_document(*_MAGAZINE, feed=a_feed("magazine", title="R&D <weekly>", description="All of R&D.")),
    "media": a_document(
        an_entry(_LOUD, markdown="# Elephants\n\n* aloud & <clear>\n"),
        an_entry(_NOTED, html='<div dir="rtl"><p>سلام</p></div>'),
        an_entry(_LICENSED),
        feed=a_feed("media", source_markdown=True),
    ),
    "podcast": a_document(
        an_entry(_LOUD), an_entry(_BETWEEN), feed=a_feed("show/für alle", title="R&D, aloud", podcast=_SHOW)
    ),
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
