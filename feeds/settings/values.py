"""What a single value may be: one type for each kind, as the tables use them.

Each check gives the value in its one spelling or raises ``ValueError`` with
the rest of a sentence that starts with the name of the key.
"""

import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, TypeAlias
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, Strict, ValidationInfo, WithJsonSchema
from slugify import slugify

from feeds.model.feed import ContentMode, Format
from feeds.model.post import TERM_KINDS
from feeds.model.publication import DATE_DIRECTIVES
from feeds.model.rulebook import RULEBOOK
from feeds.settings.advice import did_you_mean, listed, shown
from feeds.settings.urls import normalize, normalize_host, normalize_resource

#: Which generator it is, the content tells.
AUTO = "auto"

#: The static-site generators whose content can be read.
GENERATORS = (
    AUTO,
    "astro",
    "docusaurus",
    "eleventy",
    "hexo",
    "hugo",
    "jekyll",
    "jigsaw",
    "nikola",
    "pelican",
    "plain",
    "zola",
)

#: Where proxies are that nobody named: this machine, and networks that are not on the Internet.
PRIVATE_NETWORKS = (
    "127.0.0.0/8",
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
    "169.254.0.0/16",
    "::1/128",
    "fc00::/7",
    "fe80::/10",
)

#: What ``for_each`` makes one feed of.
TERMS = TERM_KINDS

_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?", re.ASCII)
#: A character that XML cannot carry.
NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LANGUAGE = re.compile(
    r"[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(-[0-9a-wy-z](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?",
    re.IGNORECASE | re.ASCII,
)
#: The instant that a date format must give back, at least its day.
_PROBE = datetime(2020, 9, 30, 7, 42, 47, tzinfo=UTC)


def plain(text: str) -> str:
    """One line of plain text that XML can carry, its white space single."""
    if bad := NOT_XML.search(text):
        raise ValueError(f"holds a character that feeds cannot carry (U+{ord(bad[0]):04X}): take it out")
    return " ".join(text.split())


def not_empty(text: str) -> str:
    """Any text but none."""
    if not text.strip():
        raise ValueError("must not be empty")
    return text


def base_url(url: str, info: ValidationInfo) -> str:
    """A base URL; empty stands for the ``url`` of the same table."""
    return normalize(url) if url else info.data.get("url", "")


def resource_url(url: str) -> str:
    """The URL of one file, or none."""
    return normalize_resource(url) if url else ""


def prefix_url(url: str) -> str:
    """A base URL, or none."""
    return normalize(url) if url else ""


def authority(name: str) -> str:
    """A host name alone, or none."""
    return normalize_host(name) if name else ""


def clock(value: object) -> time:
    """A time of day, as a text or as TOML's own."""
    if isinstance(value, time) and not value.microsecond:
        return value
    hour, minute, second = (*str(value).split(":"), "0", "0", "0")[:3]
    try:
        if isinstance(value, str) and _CLOCK.fullmatch(value):
            return time(int(hour), int(minute), int(second))
    except ValueError:
        pass
    raise ValueError(f'{shown(value)} is not a time of day: write it like "09:00" or "09:00:30"')


def sentence(text: str, info: ValidationInfo) -> str:
    """A text; empty stands for one made from the ``title`` of the same table, or the host of its ``url``."""
    return text or f"The latest from {info.data.get('title') or urlsplit(info.data.get('url', '')).hostname}"


def language(tag: str) -> str:
    """A BCP 47 tag, its letters' case as RFC 5646, 2.1.1 recommends."""
    if _LANGUAGE.fullmatch(tag):
        return _cased(tag)
    better = tag.partition(".")[0].replace("_", "-")
    advice = f" (did you mean {shown(_cased(better))}?)" if _LANGUAGE.fullmatch(better) else ': write "en" or "en-GB"'
    raise ValueError(f"{shown(tag)} is not a BCP 47 language tag{advice}")


def _cased(tag: str) -> str:
    first, *rest = tag.lower().split("-")
    cased = [first]
    for subtag in rest:
        after_singleton = len(cased[-1]) == 1
        lengths = {2: subtag.upper(), 4: subtag.title()}
        cased.append(subtag if after_singleton else lengths.get(len(subtag), subtag))
    return "-".join(cased)


def timezone(name: str) -> str:
    """An IANA name that this machine knows."""
    known = available_timezones()
    if name not in known:
        advice = did_you_mean(name, known) or ": use a name such as Europe/London"
        raise ValueError(f"{shown(name)} is not a known timezone{advice}")
    return name


def directory(path: str | Path, info: ValidationInfo) -> Path:
    """A folder, absolute; a relative one starts at the folder of the config file (``folder`` in the context).

    Symbolic links below that folder are kept, so that a link may be switched
    to another release while the service runs.
    """
    if not str(path).strip():
        raise ValueError("must not be empty: name a folder")
    try:
        expanded = Path(path).expanduser()
    except RuntimeError:
        raise ValueError(
            f'{shown(str(path))} starts with "~", but there is no such home: write the path whole'
        ) from None
    return Path(os.path.normpath(_folder(info) / expanded))


def _folder(info: ValidationInfo) -> Path:
    """The folder of the config file, which ``load`` gives along."""
    folder = info.context["folder"] if info.context else None
    if not isinstance(folder, Path):
        raise TypeError("a table with a directory is only read through load()")
    return folder


def date_format(pattern: str) -> str:
    """A format for ``strptime`` that gives back a whole date, in directives that posts are read with."""
    for letter in re.findall("%-?(.)", pattern):
        if letter not in DATE_DIRECTIVES:
            known = " ".join(f"%{known}" for known in DATE_DIRECTIVES)
            raise ValueError(f"{shown(pattern)} has %{letter}, which is not read here: use {known}")
    try:
        found = datetime.strptime(_PROBE.strftime(pattern), pattern).replace(tzinfo=UTC)
    except (ValueError, re.error):
        raise ValueError(f"{shown(pattern)} is not a strptime format: write one such as %Y-%m-%d %H:%M") from None
    if found.date() != _PROBE.date():
        raise ValueError(f"{shown(pattern)} does not give a whole date: it needs year, month and day, as %Y-%m-%d has")
    return pattern


def permalink(pattern: str) -> str:
    """The path of a post on its site, with placeholders in braces."""
    if "://" in pattern:
        raise ValueError(f"{shown(pattern)} is a whole address: write the path only, such as /articles/{{filename}}")
    if not re.fullmatch(r"[^{}]*(?:\{[^{}]+\}[^{}]*)*", pattern):
        raise ValueError(f"{shown(pattern)} has a brace that is not closed, or nothing between two: write {{filename}}")
    return pattern


def one_of(options: tuple[str, ...]) -> Callable[[object], object]:
    """Any of ``options``."""

    def check(value: object) -> object:
        if value not in options:
            advice = did_you_mean(value, options) if isinstance(value, str) else ""
            raise ValueError(f"{shown(value)} is not one of {listed(options)}{advice}")
        return value

    return check


def some(values: tuple[Format, ...]) -> tuple[Format, ...]:
    """At least one format."""
    if not values:
        raise ValueError(f"must not be empty: choose from {listed(Format)}")
    return values


def retirement(value: object) -> bool | datetime:
    """Whether something has ended, or the day or instant at which it does."""
    if isinstance(value, bool):
        return value
    if isinstance(value, date):
        return instant(value)
    raise ValueError(f"must be true, false or a date without quotes, not {shown(value)}")


def listing(value: object) -> object:
    """A list; a single text or table stands for a list of one."""
    return [value] if isinstance(value, str | dict) else value


def slug(name: str) -> str:
    """The form in which names of categories, tags and authors are compared."""
    slugged = slugify(name, allow_unicode=True)
    if not slugged:
        raise ValueError(f"{shown(name)} has no letter or digit to compare")
    return slugged


def prefix(path: str) -> str:
    """The beginning of a path in the content directory, or a pattern of all of it, with forward slashes."""
    if path.startswith("/") or "\\" in path or ".." in path.split("/"):
        raise ValueError(f'{shown(path)} must start in the content directory: write it like "posts/2025/"')
    return path.removeprefix("./")


def code(name: str) -> str:
    """The code of a finding."""
    if name not in RULEBOOK:
        raise ValueError(f"{shown(name)} is no code of a finding{did_you_mean(name, RULEBOOK) or ': see findings.md'}")
    return name


def host(name: str) -> str:
    """A host name or address to listen at, alone."""
    if not name.strip() or "/" in name or len(name.split()) > 1:
        raise ValueError(f'{shown(name)} is not a host: write an address such as "127.0.0.1"')
    return name


def network(text: str) -> str:
    """An address, or a network in the notation of RFC 4632."""
    try:
        return str(ip_network(text, strict=False))
    except ValueError:
        raise ValueError(
            f'{shown(text)} is no address or network: write it like "192.0.2.7" or "192.0.2.0/24"'
        ) from None


def instant(value: object) -> datetime:
    """A date (its first moment) or a datetime; naive where no offset was given."""
    if not isinstance(value, date):
        raise ValueError(f"must be a date without quotes, such as 2025-01-31, not {shown(value)}")
    if not 1 < value.year < 9999:
        raise ValueError(f"{shown(value)} is out of range")
    return value if isinstance(value, datetime) else datetime.combine(value, time.min)


String: TypeAlias = Annotated[str, Strict()]
Text: TypeAlias = Annotated[String, AfterValidator(plain)]
Name: TypeAlias = Annotated[Text, AfterValidator(not_empty)]
Sentence: TypeAlias = Annotated[Text, AfterValidator(sentence)]
Url: TypeAlias = Annotated[String, AfterValidator(normalize)]
PublicUrl: TypeAlias = Annotated[String, AfterValidator(base_url)]
PrefixUrl: TypeAlias = Annotated[String, AfterValidator(prefix_url)]
ResourceUrl: TypeAlias = Annotated[String, AfterValidator(resource_url)]
Authority: TypeAlias = Annotated[String, AfterValidator(authority)]
Clock: TypeAlias = Annotated[
    time,
    BeforeValidator(clock),
    WithJsonSchema({"type": "string", "pattern": "^([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"}),
]
Language: TypeAlias = Annotated[String, AfterValidator(language)]
Timezone: TypeAlias = Annotated[String, AfterValidator(timezone)]
Host: TypeAlias = Annotated[String, AfterValidator(host)]
Prefix: TypeAlias = Annotated[String, AfterValidator(prefix)]
Permalink: TypeAlias = Annotated[String, AfterValidator(permalink)]
Directory: TypeAlias = Annotated[Path, AfterValidator(directory), WithJsonSchema({"type": "string", "minLength": 1})]
Instant: TypeAlias = Annotated[datetime, BeforeValidator(instant, json_schema_input_type=date | datetime)]
End: TypeAlias = Annotated[bool | datetime, BeforeValidator(retirement, json_schema_input_type=bool | date | datetime)]
Generator: TypeAlias = Annotated[
    String, AfterValidator(one_of(GENERATORS)), WithJsonSchema({"type": "string", "enum": [*GENERATORS]})
]
TermKind: TypeAlias = Annotated[
    String, AfterValidator(one_of(TERMS)), WithJsonSchema({"type": "string", "enum": [*TERMS]})
]
Mode: TypeAlias = Annotated[ContentMode, BeforeValidator(one_of(tuple(ContentMode)))]

_Network: TypeAlias = Annotated[String, AfterValidator(network)]
_Slug: TypeAlias = Annotated[String, AfterValidator(slug)]
_Tag: TypeAlias = Annotated[Name, AfterValidator(str.lower)]
_DateFormat: TypeAlias = Annotated[String, AfterValidator(date_format)]
_Format: TypeAlias = Annotated[Format, BeforeValidator(one_of(tuple(Format)))]
_Code: TypeAlias = Annotated[String, AfterValidator(code)]

#: A list of texts; one text alone stands for a list of one.
Texts = BeforeValidator(listing, json_schema_input_type=str | list[str])
Slugs: TypeAlias = Annotated[tuple[_Slug, ...], Texts]
Tags: TypeAlias = Annotated[tuple[_Tag, ...], Texts]
Codes: TypeAlias = Annotated[tuple[_Code, ...], Texts]
Networks: TypeAlias = Annotated[tuple[_Network, ...], Texts]
DateFormats: TypeAlias = Annotated[tuple[_DateFormat, ...], Texts]
Formats: TypeAlias = Annotated[
    tuple[_Format, ...], AfterValidator(some), BeforeValidator(listing, json_schema_input_type=Format | list[Format])
]

Whole: TypeAlias = Annotated[int, Strict()]
Entries: TypeAlias = Annotated[Whole, Field(ge=1, le=1000)]
MaxBytes: TypeAlias = Annotated[Whole, Field(ge=10_000)]
MostNew: TypeAlias = Annotated[Whole, Field(ge=0, le=1_000_000)]
Port: TypeAlias = Annotated[Whole, Field(ge=1, le=65_535)]
AtLeastOne: TypeAlias = Annotated[Whole, Field(ge=1)]
NoneOrMore: TypeAlias = Annotated[Whole, Field(ge=0)]
Seconds: TypeAlias = Annotated[float, Strict(), Field(gt=0, allow_inf_nan=False)]
Flag: TypeAlias = Annotated[bool, Strict()]
