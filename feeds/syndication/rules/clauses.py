"""Single rules: each yields the faults it finds in the values it is given."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape

from feeds.syndication.dates import rfc822
from feeds.syndication.rules.fault import Fault, doubtful, faulty

#: An absolute web address as RFC 3986 spells it: no spaces, nothing beyond ASCII.
_URL = re.compile(r"https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_TAG_URI = re.compile(r"tag:[A-Za-z0-9._@-]+,\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?:\S*", re.ASCII)
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RFC822 = re.compile(
    rf"({'|'.join(_WEEKDAYS)}), (\d\d) ({'|'.join(_MONTHS)}) ((?!0)\d{{4}}) (\d\d):(\d\d):(\d\d) GMT", re.ASCII
)
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*(\s*;.*)?", re.IGNORECASE | re.ASCII)
_MAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+")
_LANGUAGE = re.compile(r"[a-z]{1,8}(-[a-z0-9]{1,8})*", re.IGNORECASE | re.ASCII)
_LOWER_ESCAPE = re.compile(r"%(?=[0-9A-Fa-f]{2})(?:[a-f][0-9A-Fa-f]|[0-9A-F][a-f])")

#: What XML cannot carry.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: What XML can carry and readers show as rubbish: the C1 controls, and what stands for a lost character.
_RUBBISH = re.compile("[\x80-\x9f\ufffd]")
#: What nearly all documents are made of throughout: told in a tenth of the time that looking for the others takes.
_FIT = re.compile("[\t\n\r\x20-\x7f\xa0-\ufffc\U00010000-\U0010ffff]*+")

#: The same rubbish in UTF-8, with what XML cannot carry, and how either may be written: by its number.
_UNFIT_BYTES = (re.compile(rb"\xc2[\x80-\x9f]"), re.compile(rb"\xef\xbf[\xbd-\xbf]"))
_CODED = re.compile(rb"\\[^\"\\/nrt]")
_REFERENCE = re.compile(rb"&#(?!x(?:26|3C|3E);)")

#: The end of an element of HTML that people write into texts.
_END_TAG = re.compile(
    r"</(?:a|abbr|article|b|big|blockquote|center|cite|code|div|em|font|h[1-6]|i|ins|del|kbd|li|ol|p|pre|q|s|small"
    r"|section|span|strike|strong|sub|sup|table|td|th|tr|tt|u|ul)>",
    re.IGNORECASE,
)

#: The W3C validator reads no more, in bytes.
_MOST_BYTES = 5_000_000


def is_url(text: str) -> bool:
    """Tell whether ``text`` is an absolute web address."""
    return _URL.fullmatch(text) is not None


def bad_urls(urls: Iterable[str]) -> Iterator[Fault]:
    """Find what is not an absolute web address."""
    yield from (faulty("document-url", f'"{url}" is not an absolute URL') for url in urls if not is_url(url))


def bad_ids(ids: Iterable[str]) -> Iterator[Fault]:
    """Find what is not an absolute IRI (RFC 4287, 4.2.6), no tag (RFC 4151), or not in its canonical spelling."""
    for id in ids:
        if not _IRI.fullmatch(id) or not id.isascii():
            yield faulty("document-id", f'the id "{id}" is not an absolute IRI')
        elif id.startswith("tag:"):
            if not _TAG_URI.fullmatch(id):
                yield faulty("document-id", f'the id "{id}" is not a tag of RFC 4151')
        elif not _is_canonical(id):
            yield doubtful("document-id-spelling", f'the id "{id}" is not in its canonical spelling')


def _is_canonical(uri: str) -> bool:
    """Tell whether no other spelling of the same address could be taken for another id (RFC 3986, 6.2)."""
    scheme, _, rest = uri.partition("://")
    if scheme.lower() not in {"http", "https"}:
        return True
    host, slash, _ = rest.partition("/")
    default = ":80" if scheme == "http" else ":443"
    return (
        bool(slash)
        and scheme.islower()
        and host == host.lower()
        and not (host.endswith(default) or _LOWER_ESCAPE.search(uri))
    )


def bad_guids(ids: Iterable[str]) -> Iterator[Fault]:
    """Find ids that name nothing, or that others may have too."""
    for id in ids:
        if not id.strip():
            yield faulty("document-id", "the id is empty")
        elif id.isdecimal() and len(id) < 8:
            yield doubtful("document-id-weak", f'the id "{id}" is a short number, which others have too')


def bad_rfc822(dates: Iterable[str]) -> Iterator[Fault]:
    """Find what is no date of RFC 822, or not spelt as all readers want it: GMT, four-digit year."""
    for date in dates:
        if not _is_rfc822(date):
            yield from _bad_rfc822(date)


def _is_rfc822(date: str) -> bool:
    """Tell at a glance that there is nothing wrong with a date, as there is not with nearly all."""
    found = _RFC822.fullmatch(date)
    if found is None:
        return False
    weekday, day, month, year, hour, minute, second = found.groups()
    try:
        moment = datetime(
            int(year), _MONTHS.index(month) + 1, int(day), int(hour), int(minute), int(second), tzinfo=UTC
        )
    except ValueError:
        return False
    return _WEEKDAYS[moment.weekday()] == weekday


def _bad_rfc822(date: str) -> Iterator[Fault]:
    try:
        moment = parsedate_to_datetime(date)
        right = rfc822(moment)
    except (ValueError, OverflowError):
        yield faulty("document-date", f'"{date}" is not a date of RFC 822')
        return
    if right == date:
        return
    if date[:3] != f"{moment:%a}":
        yield faulty("document-date", f'"{date}" is not a date of RFC 822 with its weekday')
    else:
        yield doubtful("document-date-spelling", f'"{date}" is not a date of RFC 822 in GMT with a four-digit year')


def bad_rfc3339(dates: Iterable[str]) -> Iterator[Fault]:
    """Find what is not a date of RFC 3339 with upper-case ``T`` and ``Z``."""
    for date in dates:
        try:
            right = _RFC3339.fullmatch(date) is not None and bool(datetime.fromisoformat(date))
        except ValueError:
            right = False
        if not right:
            yield faulty("document-date", f'"{date}" is not a date of RFC 3339')


def bad_media_types(types: Iterable[str]) -> Iterator[Fault]:
    """Find what is no media type."""
    yield from (
        faulty("document-media-type", f'"{written}" is not a media type')
        for written in types
        if not _MEDIA_TYPE.fullmatch(written)
    )


def bad_languages(tags: Iterable[str]) -> Iterator[Fault]:
    """Find what has not the shape of a language tag (RFC 5646)."""
    yield from (
        faulty("document-language", f'"{tag}" is not a language tag') for tag in tags if not _LANGUAGE.fullmatch(tag)
    )


def bad_mails(addresses: Iterable[str]) -> Iterator[Fault]:
    """Find what is not an e-mail address alone (RFC 4287, 3.2.3)."""
    yield from (
        faulty("document-contact", f'"{address}" is not an e-mail address')
        for address in addresses
        if not _MAIL.fullmatch(address)
    )


def bad_contacts(contacts: Iterable[str]) -> Iterator[Fault]:
    """Find what is not an address with a name, as RSS wants its persons: ``mail@example.org (Name)``."""
    for contact in contacts:
        address, _, name = contact.partition(" ")
        if not _MAIL.search(contact):
            yield faulty("document-contact", f'"{contact}" holds no e-mail address')
        elif not _MAIL.fullmatch(address) or not (name.startswith("(") and name.endswith(")")):
            yield doubtful("document-contact-spelling", f'"{contact}" is not written like "address (Name)"')


def bad_names(names: Iterable[str]) -> Iterator[Fault]:
    """Find e-mail addresses where names belong."""
    yield from (
        doubtful("document-contact-spelling", f'the name "{name}" holds an e-mail address')
        for name in names
        if "@" in name and _MAIL.search(name)
    )


def markup_in_texts(texts: Iterable[str]) -> Iterator[Fault]:
    """Find tags and entities in texts that are plain."""
    for text in texts:
        if ("&" in text and unescape(text) != text) or ("</" in text and _END_TAG.search(text)):
            yield doubtful("document-markup", f'the text "{text[:80]}" holds markup')


def repeated_ids(kind: str, values: Iterable[str]) -> Iterator[Fault]:
    """Find ids that occur more than once."""
    yield from (faulty("document-id-repeated", message) for message in _repeated(kind, values))


def repeated_updates(values: Iterable[str]) -> Iterator[Fault]:
    """Find entries that say they were updated in the same second."""
    yield from (doubtful("document-updated-repeated", message) for message in _repeated("updated", values))


def _repeated(kind: str, values: Iterable[str]) -> Iterator[str]:
    counts = Counter(values)
    yield from (f'{kind} "{value}" occurs {count} times' for value, count in counts.items() if count > 1)


def is_fit_throughout(body: bytes) -> bool:
    """Tell at a glance that no character of well-formed XML is unfit; False where that takes a closer look.

    What XML cannot carry, its parser has refused already.
    """
    return (
        body.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
        and not any(pattern.search(body) for pattern in _UNFIT_BYTES)
        and (b"&#" not in body or _REFERENCE.search(body) is None)
    )


def is_fit_json_throughout(body: bytes) -> bool:
    """Tell the same of a document of JSON, which has read as such: controls are written by their number there."""
    return not (_CODED.search(body) or any(pattern.search(body) for pattern in _UNFIT_BYTES))


def unfit_characters(texts: Iterable[str]) -> Iterator[Fault]:
    """Find characters that no reader can show."""
    text = "".join(texts)
    if _FIT.fullmatch(text):
        return
    for character in sorted(set(_ILLEGAL.findall(text))):
        yield faulty("document-characters", f"the character U+{ord(character):04X} is in a text")
    for character in sorted(set(_RUBBISH.findall(text))):
        yield doubtful("document-rubbish", f"the character U+{ord(character):04X} is in a text")


def too_long(body: bytes) -> Iterator[Fault]:
    """Find documents that are longer than validators, and some readers, read."""
    if len(body) > _MOST_BYTES:
        yield doubtful("document-size", f"the document has {len(body)} bytes: more than {_MOST_BYTES}")
