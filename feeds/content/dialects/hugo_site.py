"""A Hugo site as its files make it: its languages, where their content is, and where a page stands in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from feeds.content.dialects.hugo_config import table, texts
from feeds.content.fields import flag, text
from feeds.content.once import once
from feeds.content.suffixes import cut, guess
from feeds.model.customs import Customs
from feeds.model.source import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """A language of the site, and the settings that hold for it.

    Addresses begin with its ``folder``, "" for none; ``tag`` is its BCP 47 tag, "" where the site has but one
    language; ``home`` is the address of its own host, "" where it has none.
    """

    code: str
    settings: Mapping[str, Value]
    folder: str = ""
    tag: str = ""
    home: str = ""
    disabled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page stands: the folders above it, and its name without language and extension.

    A page that is a ``bundle`` has the name of its folder.  ``outside`` of the content nothing is a page.
    """

    folders: tuple[str, ...]
    name: str
    tongue: Tongue
    bundle: bool
    outside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mount:
    """A folder of content: its path from the root of the site, and from that of the content."""

    folder: str
    target: str = ""
    language: str = ""

    def enter(self, path: str) -> str | None:
        """Turn a path from the root of the site into one from that of the content, None for one elsewhere."""
        return _moved(path, self.folder, self.target)

    def leave(self, path: str) -> str | None:
        """Turn a path from the root of the content into one from that of the site, None for one elsewhere."""
        return _moved(path, self.target, self.folder)


def _moved(path: str, start: str, end: str) -> str | None:
    if start and not path.startswith(f"{start}/"):
        return None
    inner = path[len(start) + 1 :] if start else path
    return f"{end}/{inner}" if end else inner


@dataclass(frozen=True, slots=True, kw_only=True)
class HugoSite:
    """What is said of a site once for all its posts; ``known`` tells whether it has a configuration.

    ``prefix`` is the path of the content directory from the root of the site.
    ``sections`` are the folders of the content that have a page, with what
    that says: (folder, code of the language) → front matter.
    """

    known: bool
    prefix: str
    mounts: tuple[Mount, ...]
    tongues: Mapping[str, Tongue]
    default: Tongue
    sections: Mapping[tuple[str, str], Mapping[str, Value]] = field(default_factory=dict)

    def place(self, path: str) -> Place:
        """Return where the file at ``path``, from the content directory, stands."""
        return self._place(f"{self.prefix}/{path}" if self.prefix else path)

    def files(self, content: str) -> Iterator[str]:
        """Yield the paths, from the content directory, that a path from the root of the content may have."""
        for mount in self.mounts:
            path = mount.leave(content)
            if path is not None and (found := _moved(path, self.prefix, "")) is not None:
                yield found

    def section(self, folders: tuple[str, ...]) -> tuple[str, ...]:
        """Return the section of a page in ``folders``: the deepest that has a page of its own, else the first."""
        deep = (folders[:depth] for depth in range(len(folders), 1, -1))
        return next((some for some in deep if self._is_section("/".join(some))), folders[:1])

    def above(self, place: Place) -> Iterator[Mapping[str, Value]]:
        """Yield what the pages of the sections say that a page is in, the nearest first."""
        for depth in range(len(place.folders), -1, -1) if self.sections else ():
            said = self.sections.get(("/".join(place.folders[:depth]), place.tongue.code))
            if said is not None:
                yield said

    def _is_section(self, folder: str) -> bool:
        return any((folder, code) in self.sections for code in self.tongues)

    def _place(self, path: str) -> Place:
        entered = ((mount.enter(path), mount.language) for mount in self.mounts)
        content, code = next(((inner, code) for inner, code in entered if inner is not None), (None, ""))
        *folders, file = (path if content is None else content).split("/")
        stem = file.rpartition(".")[0] or file
        name, suffix = cut(stem, self.tongues) if self.known else guess(stem)
        bundle = name == "index" and bool(folders)
        return Place(
            name=folders.pop() if bundle else name,
            folders=tuple(folders),
            tongue=self._tongue(suffix, code),
            bundle=bundle,
            outside=content is None,
        )

    def _tongue(self, suffix: str, code: str) -> Tongue:
        code = suffix.lower() or code
        if not code:
            return self.default
        return self.tongues.get(code) or replace(self.default, code=code, folder=code, tag=suffix)


@once
def hugo_site(customs: Customs) -> HugoSite:
    """Return the site that ``customs`` describe."""
    settings = customs.settings
    code = text(settings.get("defaultcontentlanguage", "")).lower() or "en"
    tongues = {tongue.code: tongue for tongue in _tongues(settings, code)}
    site = HugoSite(
        known=bool(settings),
        prefix=customs.prefix,
        mounts=tuple(_mounts(settings, tongues)),
        tongues=tongues,
        default=tongues.get(code) or next(iter(tongues.values())),
    )
    return replace(site, sections=dict(_sections(site, customs)))


def _tongues(settings: Mapping[str, Value], default: str) -> Iterator[Tongue]:
    languages = {code: table(own) for code, own in table(settings.get("languages", {})).items()} or {default: {}}
    disabled = {code.lower() for code in texts(settings.get("disablelanguages", []))}
    in_folder = flag(settings.get("defaultcontentlanguageinsubdir", "")) is True
    hosts = all(text(own.get("baseurl", "")) for own in languages.values())
    for code, own in languages.items():
        tag = text(own.get("locale", "")) or text(own.get("languagecode", "")) or code
        yield Tongue(
            code=code,
            settings={**settings, **own},
            folder=code if not hosts and len(languages) > 1 and (code != default or in_folder) else "",
            tag=tag if len(languages) > 1 else "",
            home=text(own.get("baseurl", "")).rstrip("/") if hosts and code != default else "",
            disabled=code in disabled or flag(own.get("disabled", "")) is True,
        )


def _mounts(settings: Mapping[str, Value], tongues: Mapping[str, Tongue]) -> list[Mount]:
    """Return the folders of content, the deepest first, so that each file is found in its own."""
    if not settings:
        return [Mount(folder="content"), Mount(folder="")]
    mounts = []
    for tongue in tongues.values():
        own = text(table(table(settings.get("languages", {})).get(tongue.code, {})).get("contentdir", ""))
        folder = own or text(settings.get("contentdir", "")) or "content"
        mounts.append(Mount(folder=folder.strip("/"), language=tongue.code if own else ""))
    for mount in _maps(table(settings.get("module", {})).get("mounts", [])):
        target = text(mount.get("target", "")).strip("/")
        source, language = text(mount.get("source", "")).strip("/"), text(mount.get("lang", "")).lower()
        if target == "content" or target.startswith("content/"):
            mounts.append(Mount(folder=source, target=target[len("content/") :], language=language))
    return sorted(dict.fromkeys(mounts), key=lambda mount: -mount.folder.count("/"))


def _maps(value: Value) -> Iterator[Mapping[str, Value]]:
    return (item for item in value if isinstance(item, dict)) if isinstance(value, list) else iter(())


def _sections(site: HugoSite, customs: Customs) -> Iterator[tuple[tuple[str, str], Mapping[str, Value]]]:
    for path, said in customs.data.items():
        if isinstance(said, dict) and "section" in said:
            place = site._place(path)
            yield ("/".join(place.folders), place.tongue.code), said
