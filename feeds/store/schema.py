"""The tables.

Instants are whole seconds since 1970 in UTC, texts are Unicode, structured
details are JSON.  Migrations under ``migrations/`` make and change them; a
test keeps the two the same.
"""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()

#: Every content file that was looked at, and as what it was read.
sources = Table(
    "sources",
    metadata,
    Column("path", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("mtime_ns", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("role", Text, nullable=False),
    Index("sources_in_trouble", "role", sqlite_where=text("role IN ('waiting', 'duplicate')")),
    sqlite_with_rowid=False,
)

#: The posts that were understood, also those that nobody may see yet.
#: ``enclosed`` tells what comes with them: "played" what is to be heard or seen, "kept" other files, "" nothing.
posts = Table(
    "posts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("path", Text, nullable=False, unique=True),
    Column("id", Text, nullable=False, unique=True),
    Column("digest", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("published", Integer, nullable=False, index=True),
    Column("updated", Integer, nullable=False),
    Column("visible_from", Integer, nullable=False, index=True),
    Column("visible_until", Integer),
    Column("hidden", Text, nullable=False),
    Column("featured", Boolean, nullable=False),
    Column("language", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("enclosed", Text, nullable=False, server_default=""),
    Index("posts_that_expire", "visible_until", sqlite_where=text("visible_until IS NOT NULL")),
    Index("posts_hidden", "number", sqlite_where=text("hidden <> ''")),
    Index("posts_featured", "published", sqlite_where=text("featured IS 1")),
    Index("posts_enclosing", "enclosed", "published", sqlite_where=text("enclosed <> ''")),
)

#: The index from which the newest posts of any category, tag, author or language are read.
terms = Table(
    "terms",
    metadata,
    Column("kind", Text, nullable=False),
    Column("slug", Text, nullable=False),
    Column("published", Integer, nullable=False),
    Column("post", Integer, ForeignKey("posts.number", ondelete="CASCADE"), nullable=False, index=True),
    Column("label", Text, nullable=False),
    PrimaryKeyConstraint("kind", "slug", "published", "post"),
    sqlite_with_rowid=False,
)

#: How many posts there are of each spelling of each term; of all of them, where these are empty.
#: Of the kind "findings": how many files have findings that cost something, once they were counted.
tallies = Table(
    "tallies",
    metadata,
    Column("kind", Text, nullable=False),
    Column("slug", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("posts", Integer, nullable=False),
    PrimaryKeyConstraint("kind", "slug", "label"),
    sqlite_with_rowid=False,
)

#: What the site says of its own categories.
category_pages = Table(
    "category_pages",
    metadata,
    Column("path", Text, primary_key=True),
    Column("slug", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("description", Text, nullable=False),
)

#: The ledger: which post an id was given to, for ever.  Who is gone may come back, under another name too.
#: ``meaning``, ``stated`` and ``updated`` are those of the edition that readers know, if ``shown_from`` is past.
identities = Table(
    "identities",
    metadata,
    Column("id", Text, primary_key=True),
    Column("path", Text, nullable=False, index=True),
    Column("digest", Text, nullable=False),
    Column("body_digest", Text, nullable=False),
    Column("first_seen", Integer, nullable=False),
    Column("gone", Boolean, nullable=False),
    Column("link", Text, nullable=False, server_default=""),
    Column("authored", Boolean, nullable=False, server_default="0"),
    Column("published", Integer),
    Column("meaning", Text, nullable=False, server_default=""),
    Column("stated", Integer),
    Column("updated", Integer, index=True),
    Column("shown_from", Integer),
    Index("identities_by_digest", "digest"),
    Index("identities_gone_by_body", "body_digest", sqlite_where=text("gone IS 1")),
)

#: Rendered, sanitized bodies by the digest of all they were made from; ``markdown`` where a feed asks for it.
bodies = Table(
    "bodies",
    metadata,
    Column("key", Text, primary_key=True),
    Column("path", Text, nullable=False, index=True),
    Column("digest", Text, nullable=False),
    Column("html", Text, nullable=False),
    Column("excerpt", Text, nullable=False),
    Column("markdown", Text),
)

#: The bytes of documents by their SHA-256; invisible until an artefact names them.
documents = Table(
    "documents",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

#: What is published now.
artefacts = Table(
    "artefacts",
    metadata,
    Column("path", Text, primary_key=True),
    Column("feed", Text, nullable=False, index=True),
    Column("digest", Text, ForeignKey("documents.digest"), nullable=False, index=True),
    Column("media_type", Text, nullable=False),
    Column("last_modified", Integer, nullable=False),
    Column("self_url", Text, nullable=False),
)

#: Old paths of feeds.
redirects = Table(
    "redirects",
    metadata,
    Column("path", Text, primary_key=True),
    Column("target", Text, nullable=False),
)

#: The published feeds in the operator's order, with what the index shows of them.
published_feeds = Table(
    "published_feeds",
    metadata,
    Column("name", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("listing", Text, nullable=False),
)

#: The entries that documents of a feed show, or once showed: what its subscribers have been told.
announcements = Table(
    "announcements",
    metadata,
    Column("feed", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("published", Integer, nullable=False),
    Column("updated", Integer, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("shown", Boolean, nullable=False),
    PrimaryKeyConstraint("feed", "id"),
    Index("announcements_shown", "feed", sqlite_where=text("shown IS 1")),
    sqlite_with_rowid=False,
)

#: Feeds that are kept at their last good version until somebody releases them.
holds = Table(
    "holds",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("since", Integer, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("released", Boolean, nullable=False),
)

#: Names of feeds whose documents no longer show what the catalogue holds.
#: No post published before ``since`` has changed; any may have where that is NULL.
stale_feeds = Table(
    "stale_feeds",
    metadata,
    Column("name", Text, primary_key=True),
    Column("since", Integer),
)

#: The archive documents that there are of each feed, whether or not anyone has asked for them yet.
archives = Table(
    "archives",
    metadata,
    Column("feed", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("first_published", Integer, nullable=False),
    Column("first_id", Text, nullable=False),
    Column("last_published", Integer, nullable=False),
    Column("last_id", Text, nullable=False),
    Column("posts", Integer, nullable=False),
    Column("revision", Text, nullable=False),
    Column("expires", Integer),
    Column("modified", Integer, nullable=False),
    Column("closed", Boolean, nullable=False),
    PrimaryKeyConstraint("feed", "number"),
    sqlite_with_rowid=False,
)

#: The feeds that have archives, as they were when the windows were laid out: what archive documents are made by.
archived_feeds = Table(
    "archived_feeds",
    metadata,
    Column("name", Text, primary_key=True),
    Column("feed", Text, nullable=False),
    Column("presentation", Text, nullable=False),
)

#: One row: the site, its content and its conventions, for whoever makes a document on demand.
premises = Table(
    "premises",
    metadata,
    Column("only", Integer, primary_key=True),
    Column("premises", Text, nullable=False),
    Column("composing", Text, nullable=False),
)

#: Archive documents that somebody asked for; never more than a bound, the earliest made are dropped.
archive_documents = Table(
    "archive_documents",
    metadata,
    Column("made", Integer, primary_key=True),
    Column("feed", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("format", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("last_modified", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("feed", "number", "format"),
)

#: The latest versions of documents by the beginning of their digest: what their entries are known by.
versions = Table(
    "versions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("path", Text, nullable=False),
    Column("etag", Text, nullable=False),
    Column("entries", LargeBinary, nullable=False),
    UniqueConstraint("path", "etag"),
)

#: Paths of documents that are no more: they answer 410, and a document that returns answers in their place.
past_paths = Table("past_paths", metadata, Column("path", Text, primary_key=True), sqlite_with_rowid=False)

#: Since when feeds are retired whose end has no date.
retirements = Table(
    "retirements",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("since", Integer, nullable=False),
)

#: What is left, in a feed, of posts that readers saw and shall see no more.
tombstones = Table(
    "tombstones",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("gone_at", Integer, nullable=False),
    Index("tombstones_id", "id"),
    sqlite_with_rowid=False,
)

#: Feeds of several terms that someone asked for: the pattern of their definition, and when they were last asked for.
combinations = Table(
    "combinations",
    metadata,
    Column("name", Text, primary_key=True),
    Column("pattern", Text, nullable=False),
    Column("expression", Text, nullable=False),
    Column("asked", Integer, nullable=False, index=True),
)

#: What is wrong with content, by the stage that found it.
findings = Table(
    "findings",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("path", Text, nullable=False, index=True),
    Column("stage", Text, nullable=False, index=True),
    Column("line", Integer, nullable=False),
    Column("code", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("advice", Text, nullable=False),
)

#: One row: what all content was judged by last, as a whole.
judgements = Table(
    "judgements",
    metadata,
    Column("only", Integer, primary_key=True),
    Column("by", Text, nullable=False),
)

#: What keeps the service degraded, while it lasts.
conditions = Table(
    "conditions",
    metadata,
    Column("code", Text, primary_key=True),
    Column("message", Text, nullable=False),
    Column("since", Integer, nullable=False),
)

#: One row: the generation that readers see, and what it was made from.
generations = Table(
    "generations",
    metadata,
    Column("only", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("as_of", Integer, nullable=False),
    Column("refreshed", Integer, nullable=False),
    Column("next_transition", Integer),
    Column("interpretation", Text, nullable=False),
    Column("presentation", Text, nullable=False),
)

#: The last refreshes and their reports.
runs = Table(
    "runs",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("started", Integer, nullable=False),
    Column("report", Text, nullable=False),
)
