"""Writing the first configuration of a site."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from feeds.bootstrap.recognising import recognised
from feeds.bootstrap.surroundings import customs_of, root_of
from feeds.content.dialects import dialect
from feeds.content.generators import UNKNOWN, Recognised
from feeds.disk import ContentDirectory
from feeds.model.customs import Facts
from feeds.services.reading import content_suffixes

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
    """Find the posts of the site in, below or around ``folder``; raises `EngineError` where it cannot be read."""
    found = recognised(folder)
    its = dialect(found.generator)
    homes = _HOMES.get(found.generator, ()) if root_of(folder, its) == folder else ()
    content = next((home for name in homes if (home := folder / name).is_dir()), folder)
    customs, _ = customs_of(content, its)
    files = ContentDirectory(content, content_suffixes(its.name)).scan().files
    posts = sum(its.is_post(path) and not files.keys() & set(its.part_of(path)) - {path} for path in files)
    return Beginning(content=content, recognised=found, facts=its.facts(customs), posts=posts)


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
            _line("permalink", facts.permalink, "Pattern of the path of a post. Default: the generator's own."),
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
    """Write a key with what it means; one without a value is a comment."""
    # A JSON string is a TOML string, but for characters above U+FFFF, which stay as they are.
    written = f"{key} = {json.dumps(value, ensure_ascii=False)}"
    return f"# {about}\n{written if value else f'# {written}'}"
