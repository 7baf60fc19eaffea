"""The address of a page of a Hugo site."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from urllib.parse import quote, unquote_plus

from feeds.content import link
from feeds.content.absolutize import absolute
from feeds.content.dates import parse_date
from feeds.content.dialects.hugo_config import table
from feeds.content.dialects.hugo_fields import PAGE_DATE, is_meant
from feeds.content.dialects.hugo_paths import clean, cut_out, expand
from feeds.content.dialects.hugo_site import HugoSite, Place, hugo_site
from feeds.content.fields import flag, text
from feeds.content.reading import Reading
from feeds.model.source import Value

_SAFE = "/:@!$&'()*+,;=-._~%"
_SLASHES = re.compile("/{2,}")
_WEB = re.compile("https?://", re.IGNORECASE)
_NO_DATE = datetime(1, 1, 1, tzinfo=UTC)
_OFFSET = re.compile(r"\d:\d{2}(?::\d{2})?(?:[.,]\d+)?[ ]?(?:(Z|UTC|GMT)|([+-])(\d{2}):?(\d{2}))$")


def url(reading: Reading, pattern: str, published: datetime) -> str:
    """Return the address of a post's page.

    That is its own ``url``; else what ``pattern`` makes of it, in Hugo's
    notation or with braces; without a pattern what the site's ``permalinks``
    make, or the folders and the name of the file.  A pattern that names what
    Hugo does not know is passed over, and noted.
    """
    site = hugo_site(reading.customs)
    place = site.place(str(reading.source.path))
    home = place.tongue.home or reading.site.url
    own = text(reading.find("link")[1])
    if own and (address := _own(reading, site, place, own, published)):
        return address if _WEB.match(address) else home + address
    if "{" in pattern:
        return link.on_site(reading, link.filled(reading, pattern, published))
    rule = pattern or next(_rules(place), "")
    by_rule = _expanded(reading, site, place, rule, published) if rule else ""
    path = by_rule or _by_folders(reading, place)
    if not path.strip("/"):
        advice = f"See the pattern {rule}."
        reading.warn("permalink", "", "the link is empty: the file's name was used.", advice)
        path = _clean(place, place.name)
    return home + quote(_joined(place.tongue.folder, path) + _end(place, pattern if by_rule else ""), safe=_SAFE)


def _joined(*parts: str) -> str:
    return _SLASHES.sub("/", f"/{'/'.join(parts)}").rstrip("/")


def _clean(place: Place, path: str) -> str:
    settings = place.tongue.settings
    return clean(
        path,
        lower=flag(settings.get("disablepathtolower", "")) is not True,
        accents=flag(settings.get("removepathaccents", "")) is not True,
    )


def _by_folders(reading: Reading, place: Place) -> str:
    return _clean(place, "/".join((*place.folders, _slug(reading) or place.name)))


def _slug(reading: Reading) -> str:
    return text(reading.find("slug")[1])


def _end(place: Place, pattern: str) -> str:
    """Return what an address ends in: a slash, or an extension where the site, or an operator's pattern, has those."""
    if pattern.endswith((".html", ".htm")):
        return ""
    ugly = place.tongue.settings.get("uglyurls", "")
    if isinstance(ugly, dict):
        ugly = next((value for key, value in ugly.items() if (key.lower(),) == _section(place)), "")
    return ".html" if flag(ugly) is True else "/"


def _section(place: Place) -> tuple[str, ...]:
    return tuple(folder.lower() for folder in place.folders[:1])


def _own(reading: Reading, site: HugoSite, place: Place, written: str, published: datetime) -> str:
    """Return the path, or the whole address, that the author gives the page; "" for none that can be."""
    key = reading.find("link")[0]
    if _WEB.match(written):
        return absolute(written, reading.site.url) or ""
    if "{" in written:
        reading.warn("permalink", key, f'the {key} "{written}" is not an address: left out.', "Write a path.")
        return ""
    path = written
    if ":" in written:
        path = _expanded(reading, site, place, written, published)
        if not path:
            return ""
    if not written.startswith("/"):
        path = f"{place.tongue.folder}/{path}"
    end = "" if "." in written and not written.endswith("/") else "/"
    return quote(_joined(path) + end, safe=_SAFE)


def _rules(place: Place) -> Iterator[str]:
    """Yield the patterns of the site's ``permalinks`` that are for the page, the first one counts."""
    configured = place.tongue.settings.get("permalinks", {})
    if isinstance(configured, list):
        for rule in map(table, configured):
            target = table(rule.get("target", {}))
            if rule.get("pattern") and is_meant(target, place):
                yield text(rule["pattern"])
        return
    pages = table(table(configured).get("page", {}))
    for section, pattern in (*pages.items(), *table(configured).items()):
        if isinstance(pattern, str) and pattern and _is_in(place, section):
            yield pattern


def _is_in(place: Place, section: str) -> bool:
    section = section.strip(" /").lower()
    folder = "/".join(place.folders).lower()
    return folder == section or (section != "" and folder.startswith(f"{section}/"))


def _expanded(reading: Reading, site: HugoSite, place: Place, rule: str, published: datetime) -> str:
    words = _Words(reading, site, place)
    path, missing = expand(rule, words.find, _date(reading, site, published))
    if missing:
        message = f"the link has nothing for {', '.join(missing)}{'' if path else ': the pattern was not used'}."
        reading.warn("permalink-part", "", message, f"See the pattern {rule}.")
    return _clean(place, unquote_plus(path))


class _Words:
    """What a pattern may name of a page beside its date."""

    def __init__(self, reading: Reading, site: HugoSite, place: Place) -> None:
        self._reading = reading
        self._site = site
        self._place = place

    def find(self, name: str, cut: str) -> str | None:
        """Return what stands for ``name``, with the ``cut`` behind it; None for what is not known."""
        if name in {"sections", "sectionslugs"}:
            folders = self._site.section(self._place.folders)
            return cut_out(folders if name == "sections" else self._slugs(folders), cut)
        if cut:
            return None
        match name:
            case "section":
                return "".join(self._place.folders[:1])
            case "sectionslug":
                return "".join(self._slugs(self._place.folders[:1]))
            case "title":
                return self._title()
            case "slug":
                return self._slug() or self._title()
            case "slugorfilename" | "slugorcontentbasename":
                return self._slug() or self._name()
            case "filename" | "contentbasename":
                return self._name()
        return None

    def _slug(self) -> str:
        return _clean(self._place, _slug(self._reading))

    def _name(self) -> str:
        return _clean(self._place, self._place.name)

    def _title(self) -> str:
        return _clean(self._place, text(self._reading.find("title")[1])) or self._name()

    def _slugs(self, folders: tuple[str, ...]) -> tuple[str, ...]:
        """Return the slug, else the title, of the page of each section, for want of both the name of the folder."""
        return tuple(self._slug_of("/".join(folders[: depth + 1])) for depth in range(len(folders)))

    def _slug_of(self, folder: str) -> str:
        said: Mapping[str, Value] = self._site.sections.get((folder, self._place.tongue.code), {})
        return _clean(
            self._place, text(said.get("slug", "")) or text(said.get("title", "")) or folder.rpartition("/")[2]
        )


def _date(reading: Reading, site: HugoSite, published: datetime) -> datetime:
    """Return the date of the page in the zone that it is written in, which is where Hugo takes the day from.

    A page without any is of the first day of the first year.
    """
    fields = reading.source.fields
    written = text(fields.get(PAGE_DATE, "") or reading.find("published")[1])
    changed = "" if written else text(reading.find("updated")[1])
    if site.known and not (written or changed):
        return _NO_DATE
    moment: object = published
    if PAGE_DATE in fields:
        moment = parse_date(written, formats=reading.date_formats, timezone=reading.timezone)
    elif changed:
        moment, written = parse_date(changed, formats=reading.date_formats, timezone=reading.timezone), changed
    return (moment if isinstance(moment, datetime) else published).astimezone(_zone(written) or reading.timezone)


def _zone(written: str) -> tzinfo | None:
    found = _OFFSET.search(written)
    if found is None:
        return None
    offset = timedelta() if found[1] else timedelta(hours=int(found[3]), minutes=int(found[4]))
    return timezone(-offset if found[2] == "-" else offset) if offset < timedelta(hours=24) else None
