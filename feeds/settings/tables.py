"""The tables of the configuration file, key by key: what is not said here is no key."""

from collections.abc import Iterator
from datetime import time
from inspect import isclass
from pathlib import Path
from typing import Annotated, Any, TypeAlias, Union, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import core_schema

from feeds.model.feed import ContentMode, Format
from feeds.settings.addresses import Aliases, FeedName, MovedTo
from feeds.settings.podcasts import Guid, Mail, Medium, PodcastCategories, PodcastKind
from feeds.settings.problems import KeyPath
from feeds.settings.values import (
    PRIVATE_NETWORKS,
    AtLeastOne,
    Authority,
    Clock,
    Codes,
    DateFormats,
    Directory,
    End,
    Entries,
    Flag,
    Formats,
    Generator,
    Host,
    Instant,
    Language,
    MaxBytes,
    Mode,
    MostNew,
    Name,
    Networks,
    NoneOrMore,
    Permalink,
    Port,
    Prefix,
    PrefixUrl,
    PublicUrl,
    ResourceUrl,
    Seconds,
    Sentence,
    Slugs,
    Tags,
    TermKind,
    Text,
    Timezone,
    Url,
    listing,
)


class Table(BaseModel):
    """A table: only the keys named, and fixed once read.

    Defaults are checked like what is written, whole tables too: that is what
    makes the path of a folder absolute.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, revalidate_instances="always")


class SiteTable(Table):
    """The publication whose posts are syndicated."""

    title: Annotated[
        Name | None, Field(description="Name of the publication, plain text. Without it, the generator's, or the host.")
    ] = None
    url: Annotated[Url, Field(description="Home page of the site. Links of posts start here.")]
    description: Annotated[
        Sentence, Field(description="One sentence about the publication. Without it, one is made from the title.")
    ] = ""
    language: Annotated[Language, Field(description='Language of the posts, a BCP 47 tag such as "en-GB".')] = "en"
    timezone: Annotated[Timezone, Field(description='Timezone of dates that name none, such as "Europe/London".')] = (
        "UTC"
    )
    author: Annotated[Text, Field(description="Author of posts that name none. Without it, Atom names the title.")] = ""
    public_url: Annotated[
        PublicUrl, Field(description="Where readers reach this service. Without it, the same as url.")
    ] = ""
    copyright: Annotated[Text, Field(description="Copyright notice of every feed, plain text.")] = ""
    icon: Annotated[
        ResourceUrl, Field(description="Absolute URL of a square picture (PNG) that stands for the site.")
    ] = ""
    authority: Annotated[
        Authority, Field(description="Host in the ids that are made for posts. Without it, the host of url.")
    ] = ""
    default_time: Annotated[Clock, Field(description='Time of day of dates without one, such as "09:00".')] = time()
    license: Annotated[
        Text, Field(description='License of posts that name none: a URL, or a name such as "CC BY-SA 4.0".')
    ] = ""
    media_url: Annotated[
        PrefixUrl, Field(description="URL below which audio and video files are that posts name without a folder.")
    ] = ""


class ContentTable(Table):
    """Where the posts are and how they are written."""

    directory: Annotated[
        Directory, Field(description="Folder of the posts; a relative path starts at the folder of this file.")
    ]
    generator: Annotated[
        Generator, Field(description="Static-site generator whose conventions the posts follow; auto: as they tell.")
    ] = "auto"
    permalink: Annotated[
        Permalink, Field(description="Pattern of the path of a post on the site. Empty: the generator's own.")
    ] = ""
    date_formats: Annotated[
        DateFormats, Field(description="strptime formats of dates in front matter, tried before all others.")
    ] = ()


class DefaultsTable(Table):
    """What holds for every feed that does not say otherwise."""

    formats: Annotated[Formats, Field(description="Formats in which feeds are published.")] = tuple(Format)
    entries: Annotated[Entries, Field(description="Most posts in one document.")] = 50
    max_bytes: Annotated[MaxBytes, Field(description="Greatest size of one document, in bytes.")] = 500_000
    content: Annotated[
        Mode, Field(description='How much of a post an entry shows: all of it ("full") or its summary.')
    ] = ContentMode.FULL
    max_new_entries: Annotated[
        MostNew, Field(description="Most old entries that a refresh may announce anew without being released.")
    ] = 10
    archives: Annotated[Flag, Field(description="Whether older posts can be read in archive documents.")] = True
    tombstones: Annotated[Flag, Field(description="Whether Atom documents name entries that were deleted.")] = False


#: Conditions inside conditions; a single table stands for a list of one.
Wheres: TypeAlias = Annotated[
    tuple["WhereTable", ...],
    BeforeValidator(listing, json_schema_input_type=Union["WhereTable", list["WhereTable"]]),
]


class WhereTable(Table):
    """Which posts a feed shows: every condition must hold; in a list of texts, any one of them."""

    category: Annotated[Slugs, Field(description="Categories, by name or slug.")] = ()
    tag: Annotated[Slugs, Field(description="Tags, by name or slug.")] = ()
    author: Annotated[Slugs, Field(description="Authors, by name or slug.")] = ()
    language: Annotated[Tags, Field(description="Languages, as the posts name them.")] = ()
    featured: Annotated[Flag | None, Field(description="Only featured posts (true) or only the others (false).")] = None
    path: Annotated[
        Prefix,
        PrefixUrl,
        Field(
            description='Beginning of the path of the file, such as "posts/2025/"; with * or ?, a pattern of all of it.'
        ),
    ] = ""
    after: Annotated[Instant | None, Field(description="Published at this date or datetime, or later.")] = None
    before: Annotated[Instant | None, Field(description="Published earlier than this date or datetime.")] = None
    all: Annotated[Wheres, Field(description="Tables like this one: every one of them must hold as well.")] = ()
    any: Annotated[Wheres, Field(description="Tables like this one: at least one of them must hold as well.")] = ()
    none: Annotated[Wheres, Field(description="Tables like this one: none of them may hold.")] = ()


class FundingTable(Table):
    """Where listeners may support a podcast."""

    url: Annotated[ResourceUrl, Field(description="Absolute URL.")]
    title: Annotated[Name, Field(description="What to call it, such as Support the show.")]


#: Places to support a podcast at; a single table stands for a list of one.
Fundings: TypeAlias = Annotated[
    tuple[FundingTable, ...],
    BeforeValidator(listing, json_schema_input_type=FundingTable | list[FundingTable]),
]


class PodcastTable(Table):
    """What makes a feed a podcast: it shows the posts with something to hear or see."""

    category: Annotated[
        PodcastCategories, Field(description='Categories of Apple\'s directory: "Arts", or "Arts > Books".')
    ]
    image: Annotated[
        ResourceUrl, Field(description="URL of a square JPEG or PNG, 1400 to 3000 pixels. Without it, site.icon.")
    ] = ""
    explicit: Annotated[Flag, Field(description="Whether it is for adults alone.")] = False
    author: Annotated[Text, Field(description="Who makes it. Without it, site.author.")] = ""
    owner: Annotated[Text, Field(description="Name of the owner, to whom directories write. Without it, author.")] = ""
    email: Annotated[Mail, Field(description="E-mail address of the owner: everybody can read it.")] = ""
    type: Annotated[
        PodcastKind, Field(description='Whether the newest episode comes first ("episodic") or the oldest ("serial").')
    ] = "episodic"
    locked: Annotated[Flag | None, Field(description="Whether other hosts may not import it.")] = None
    funding: Annotated[Fundings, Field(description="Where listeners may support it.")] = ()
    guid: Annotated[Guid, Field(description="UUID it had before. Without it, one is made of the feed's URL.")] = ""
    medium: Annotated[Medium, Field(description="What it consists of.")] = "podcast"


class FeedTable(Table):
    """One feed, or with for_each one feed for each category, tag, author or language."""

    name: Annotated[
        FeedName,
        Field(description='Path below /feeds/, without extension. With for_each it holds a placeholder: "tag/{tag}".'),
    ]
    title: Annotated[Text, Field(description="Title; {site} and the placeholder of for_each are filled in.")] = ""
    description: Annotated[Text, Field(description="One sentence about the feed, with the same placeholders.")] = ""
    for_each: Annotated[
        TermKind | None, Field(description="Kind of term: there is one feed for each that visible posts have.")
    ] = None
    min_entries: Annotated[
        AtLeastOne | None, Field(description="With for_each: the posts a feed needs to be published. Without it, 1.")
    ] = None
    where: Annotated[WhereTable, Field(description="Which posts the feed shows. Without it, all.")] = WhereTable()
    formats: Annotated[Formats | None, Field(description="Instead of defaults.formats.")] = None
    entries: Annotated[Entries | None, Field(description="Instead of defaults.entries.")] = None
    max_bytes: Annotated[MaxBytes | None, Field(description="Instead of defaults.max_bytes.")] = None
    content: Annotated[Mode | None, Field(description="Instead of defaults.content.")] = None
    max_new_entries: Annotated[MostNew | None, Field(description="Instead of defaults.max_new_entries.")] = None
    archives: Annotated[Flag | None, Field(description="Instead of defaults.archives.")] = None
    tombstones: Annotated[Flag | None, Field(description="Instead of defaults.tombstones.")] = None
    aliases: Annotated[Aliases, Field(description='Old paths that redirect to the feed, such as "/rss.xml".')] = ()
    retired: Annotated[
        End, Field(description="The day from which a last entry says that the feed has ended; true: now.")
    ] = False
    moved_to: Annotated[
        MovedTo, Field(description="URL where the feed is now; {format} and the placeholder of for_each are filled in.")
    ] = ""
    source_markdown: Annotated[
        Flag, Field(description="Whether RSS shows each post as it was written, too (source:markdown).")
    ] = False
    podcast: Annotated[PodcastTable | None, Field(description="Makes the feed a podcast. Without it, it is none.")] = (
        None
    )


class StateTable(Table):
    """What the service remembers."""

    directory: Annotated[
        Directory, Field(description="Folder of the database; a relative path starts at the folder of this file.")
    ] = Path("state")


class ServerTable(Table):
    """How the service answers."""

    host: Annotated[Host, Field(description="Address to listen at.")] = "127.0.0.1"
    port: Annotated[Port, Field(description="Port to listen at.")] = 8000
    workers: Annotated[AtLeastOne, Field(description="Number of processes that answer.")] = 2
    memory_mb: Annotated[AtLeastOne, Field(description="Memory for documents in each process, in MB.")] = 256
    archive_mb: Annotated[
        AtLeastOne, Field(description="Room for archive documents in the state, in MB; all can be made again.")
    ] = 256
    combinations: Annotated[
        NoneOrMore, Field(description="Most combinations of terms that have a feed at a time; 0: none.")
    ] = 500

    delta: Annotated[
        Flag,
        Field(description="Whether readers that ask for it (A-IM: feed) get only the entries that are new to them."),
    ] = False
    unconditional_per_hour: Annotated[
        NoneOrMore,
        Field(description="Times an hour that a client may fetch a document without saying what it has; 0: no limit."),
    ] = 120
    unlimited: Annotated[Networks, Field(description="Addresses and networks of clients that are never limited.")] = (
        PRIVATE_NETWORKS
    )
    trusted_proxies: Annotated[
        Networks,
        Field(description="Addresses and networks of proxies that are believed about whom they ask for."),
    ] = ()


class SchedulerTable(Table):
    """When the service looks for changes."""

    scan_interval: Annotated[
        Seconds, Field(description="Seconds between two full scans of the content, besides file events.")
    ] = 60.0


class CheckTable(Table):
    """What `feeds check` looks for."""

    ignore: Annotated[Codes, Field(description="Codes of findings that are not shown and do not count.")] = ()


class Document(Table):
    """Configuration of feeds: RSS, Atom and JSON Feed for a directory of posts."""

    site: SiteTable
    content: ContentTable
    defaults: DefaultsTable = DefaultsTable()
    feed: Annotated[
        tuple[FeedTable, ...],
        Field(description="The feeds. Without any: everything, featured posts, and one for each category."),
    ] = ()
    state: StateTable = StateTable.model_construct()
    server: ServerTable = ServerTable()
    scheduler: SchedulerTable = SchedulerTable()
    check: CheckTable = CheckTable()


def table_at(path: KeyPath) -> type[Table] | None:
    """Give the table that stands at ``path``, or ``None`` where there is none."""
    table: type[Table] | None = Document
    for key in path:
        if isinstance(key, str) and table is not None:
            field = table.model_fields.get(key)
            table = next(_tables_of(field.annotation), None) if field else None
    return table


def _tables_of(annotation: Any) -> Iterator[type[Table]]:
    for kind in (annotation, *get_args(annotation)):
        if isclass(kind) and issubclass(kind, Table):
            yield kind


class _TomlSchema(GenerateJsonSchema):
    """TOML knows no null, and an editor needs no title that only repeats the key."""

    def generate(self, schema: core_schema.CoreSchema, mode: JsonSchemaMode = "validation") -> JsonSchemaValue:
        return {"$schema": self.schema_dialect, **super().generate(schema, mode)}

    def field_title_should_be_set(self, _schema: object) -> bool:
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Leave out the defaults that are no value of a key: none at all, and whole tables."""
        default = schema.get("default")
        if default is None or isinstance(default, Table):
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)


def schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of the configuration file, for editors."""
    return Document.model_json_schema(schema_generator=_TomlSchema)
