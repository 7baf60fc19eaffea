"""Writing the first configuration of a site."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from feeds.bootstrap.recognising import recognised
from feeds.bootstrap.surroundings import customs_of, root_of
from feeds.content.dialects import Dialect, dialect
from feeds.content.generators import UNKNOWN, Recognised
from feeds.disk import ContentDirectory
from feeds.model.customs import Facts
from feeds.services.reading import content_suffixes
from feeds.settings import may_be

_OF_FACTS = frozenset({"title", "description", "language", "timezone", "author"})

#: Below the root of a site: where its posts are.
_HOMES = {
    "astro": ("src/content/blog", "src/content/posts", "src/content"),
    "docusaurus": ("blog",),
    "eleventy": ("src/posts", "posts", "src/blog", "blog", "content", "src"),
    "hexo": ("source",),
    "hugo": ("content",),
    "jigsaw": ("source",),
    "nikola": ("posts",),
    "pelican": ("content",),
    "zola": ("content",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """A site as it was found: the ``content`` directory, its generator, what that says, and the number of posts."""

    content: Path
    recognised: Recognised
    facts: Facts
    posts: int


def look_at(folder: Path) -> Beginning:
    """Find the posts of the site in, below or around ``folder``.

    Raises `EngineError` where it cannot be read, `SettingsError` where a
    configuration in it is broken.
    """
    found = recognised(folder)
    its = dialect(found.generator)
    homes = _HOMES.get(found.generator, ()) if root_of(folder, its) == folder else ()
    places = (folder, *(folder / name for name in homes))
    counts = {content: _count(content, its) for content in places if content.is_dir()}
    most = max(counts.values())
    # The smallest folder that holds them all: what lies beside it need not be watched.
    content = next(content for content in reversed(counts) if counts[content] == most)
    customs, _ = customs_of(content, its)
    return Beginning(content=content, recognised=found, facts=its.facts(customs), posts=most)


def _count(content: Path, its: Dialect) -> int:
    customs, _ = customs_of(content, its)
    files = ContentDirectory(content, content_suffixes(its.name)).scan().files
    return sum(its.takes(path, customs) and not files.keys() & set(its.part_of(path)) - {path} for path in files)


def configuration(beginning: Beginning, file: Path, url: str) -> str:
    """Return the text of a configuration at ``file`` for the site at ``url``, with comments for its operator."""
    facts, generator = beginning.facts, beginning.recognised.generator
    directory = Path(os.path.relpath(beginning.content.resolve(), file.resolve().parent)).as_posix()
    kind = "any generator" if generator == UNKNOWN else generator
    return "\n".join(
        [
            "# Configuration of feeds: every key is described in docs/config.md.",
            "# Paths are relative to the folder of this file.",
            "",
            "[site]",
            _line("title", facts.title, "Name of the publication. Default: what the generator calls it, or the host."),
            _line("url", url, "Home page of the site: links of posts start here."),
            _line("description", facts.description, "One sentence about the publication."),
            _line("language", facts.language, 'Language of the posts, such as "en-GB". Default: "en".'),
            _line("timezone", facts.timezone, 'Timezone of dates that name none, "Europe/London". Default: "UTC".'),
            _line("author", facts.author, "Author of posts that name none."),
            _line("public_url", "", "Where readers reach this service. Default: the same as url."),
            "",
            "[content]",
            _line("directory", directory, "Folder of the posts."),
            _line("generator", generator, f"How they are written: for {kind} ({beginning.recognised.why})."),
            _line("permalink", "", "Pattern of the path of a post. Default: as the generator has it."),
            "",
            "# Without a [[feed]] there are feeds of everything, of featured posts, and of each category.",
            "# [[feed]]",
            '# name = "news"',
            '# where = { category = "news" }',
            "",
            "[state]",
            _line("directory", "state", "Folder of the database, made where it is missing."),
            "",
        ]
    )


def _line(key: str, value: str, about: str) -> str:
    """Write a key with what it means; one without a value is a comment, and so is one that cannot be used."""
    # A JSON string is a TOML string, but for characters above U+FFFF, which stay as they are.
    written = f"{key} = {json.dumps(value, ensure_ascii=False)}"
    if key in _OF_FACTS and value and not may_be({"url": "https://example.org"}, key, value):
        return f"# {about} What the generator says cannot be used:\n# {written}"
    return f"# {about}\n{written if value else f'# {written}'}"
