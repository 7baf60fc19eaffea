"""Which generator a site is made with: told by its files, else by how its posts are written."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

#: What is recognised where nothing tells: any directory of Markdown.
UNKNOWN = "plain"

#: What the signs of posts must come to, over all of them, to tell at all, and to tell for certain.
_LIKELY, _CERTAIN = 0.6, 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A generator, why it was taken for the site's, and whether that is ``certain``.

    ``root`` is the folder whose files told it, "" where none did.
    """

    generator: str
    why: str
    certain: bool
    root: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A part of a site: the ``markers`` in its ``root`` with their texts, and the beginnings of some posts, by path."""

    root: str
    markers: Mapping[str, str]
    posts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Marker:
    file: str
    generator: str
    says: str = ""


_HEXO = r"(?m)^(?:public_dir|source_dir|new_post_name|post_asset_folder|default_layout)\s*:"
_MARKERS = (
    _Marker("hugo.toml", "hugo"),
    _Marker("hugo.yaml", "hugo"),
    _Marker("hugo.yml", "hugo"),
    _Marker("hugo.json", "hugo"),
    _Marker("config/_default/hugo.toml", "hugo"),
    _Marker("config/_default/hugo.yaml", "hugo"),
    _Marker("config/_default/config.toml", "hugo"),
    _Marker("config/_default/config.yaml", "hugo"),
    _Marker("config.toml", "hugo", r"(?mi)^\s*baseurl\s*="),
    _Marker("config.yaml", "hugo", r"(?mi)^baseurl\s*:"),
    _Marker("config.yml", "hugo", r"(?mi)^baseurl\s*:"),
    _Marker("config.json", "hugo", r"(?i)\"baseurl\"\s*:"),
    _Marker("config.toml", "zola", r"(?m)^\s*base_url\s*="),
    _Marker("zola.toml", "zola"),
    _Marker("_config.yml", "hexo", _HEXO),
    _Marker("_config.yml", "jekyll", rf"(?s)\A(?!.*{_HEXO.replace('(?m)^', chr(92) + 'n')})"),
    _Marker("_config.yaml", "jekyll"),
    _Marker("_config.toml", "jekyll"),
    _Marker("Gemfile", "jekyll", r"(?m)^\s*gem\s+[\"'](?:jekyll|github-pages)[\"']"),
    _Marker("pelicanconf.py", "pelican"),
    _Marker("conf.py", "nikola", r"(?m)^BLOG_TITLE\s*="),
    _Marker("composer.json", "jigsaw", r"tightenco/jigsaw"),
    _Marker("bootstrap.php", "jigsaw", r"(?i)jigsaw"),
    _Marker("config.php", "jigsaw", r"[\"'](?:baseUrl|collections|production)[\"']\s*=>"),
    *(
        _Marker(name, "eleventy")
        for name in (".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs")
    ),
    *(_Marker(f"astro.config.{suffix}", "astro") for suffix in ("mjs", "js", "ts", "mts", "cjs")),
    *(_Marker(f"docusaurus.config.{suffix}", "docusaurus") for suffix in ("js", "ts", "mjs", "cjs")),
    *(
        _Marker("package.json", generator, rf"\"{package}\"\s*:")
        for generator, package in (
            ("hexo", "hexo"),
            ("eleventy", "@11ty/eleventy"),
            ("astro", "astro"),
            ("docusaurus", "@docusaurus/core"),
        )
    ),
)

#: The files that tell a generator, by their paths from the root of a site.
MARKERS = tuple(dict.fromkeys(marker.file for marker in _MARKERS))

#: The files in the root of sites that other generators make, whose content is plain Markdown to us: what lies above
#: such a root is another site's.
OTHERS = (
    *(f"{name}.{suffix}" for name in ("gatsby-config", "next.config", "nuxt.config") for suffix in ("js", "mjs", "ts")),
    *("mkdocs.yml", "mkdocs.yaml", "book.toml"),
    *("_quarto.yml", "_quarto.yaml", "antora.yml", ".vuepress", ".vitepress"),
)

#: How the names of files end that may be posts of any of them.
SUFFIXES = frozenset(
    {
        *(".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mkdown", ".mdx", ".qmd"),
        *(".htm", ".html", ".liquid", ".njk", ".rst"),
    }
)


@dataclass(frozen=True, slots=True)
class _Sign:
    """Something that posts of a generator have: how much it tells, in words, and how to see it in path and text."""

    generator: str
    weight: float
    words: str
    is_in: Callable[[str, str], bool]


def _in_text(pattern: str) -> Callable[[str, str], bool]:
    search = re.compile(pattern, re.MULTILINE).search
    return lambda _path, text: search(text) is not None


def _in_path(pattern: str) -> Callable[[str, str], bool]:
    search = re.compile(pattern, re.IGNORECASE).search
    return lambda path, _text: search(path) is not None


_SIGNS = (
    _Sign("jigsaw", 2, "extends: _layouts…", _in_text(r"^extends:\s*_(?:layouts|core)\b")),
    _Sign("jekyll", 0.65, "names like 2020-01-31-slug.md", _in_path(r"(?:^|/)\d{4}-\d\d?-\d\d?-[^/]+$")),
    _Sign("jekyll", 0.4, "the folder _posts", _in_path(r"(?:^|/)_posts/(?:[^/]+/)*\d{4}-\d\d?-\d\d?-[^/]+$")),
    _Sign("jekyll", 0.4, "names that end in .markdown", _in_path(r"(?:^|/)\d{4}-[^/]+\.markdown$")),
    _Sign("jekyll", 0.4, "layout: post", _in_text(r"\A---\s*\n(?:.*\n)*?layout:\s*[\"']?posts?\b")),
    _Sign("hexo", 0.7, "the folder _posts without dates in names", _in_path(r"(?:^|/)_posts/(?!\d{4}-)[^/]+\.md$")),
    _Sign("hexo", 1, "{% asset_img %}", _in_text(r"\{%\s*(?:asset_img|asset_path|post_link|asset_link)\b")),
    _Sign(
        "zola", 1.5, "+++ with [taxonomies] or [extra]", _in_text(r"\A\+\+\+\s*\n(?:.*\n)*?\[(?:taxonomies|extra)\]")
    ),
    _Sign(
        "zola",
        1.5,
        "+++ with template",
        _in_text(r"\A\+\+\+\s*\n(?:(?!\+\+\+).*\n)*?(?:template|page_template|path)\s*="),
    ),
    _Sign("hugo", 0.7, "+++", _in_text(r"\A\+\+\+\s*\n")),
    _Sign("hugo", 1, "{{< shortcodes >}}", _in_text(r"\{\{[<%]\s*/?\s*\w")),
    _Sign("hugo", 0.7, "the folder post", _in_path(r"(?:^|/)post/")),
    _Sign(
        "hugo",
        0.7,
        "Section, Slug and Keywords",
        _in_text(r"\A---\s*\n(?:.*\n)*?(?:Slug|Section|Keywords|PublishDate|Aliases):"),
    ),
    _Sign("pelican", 2, "headers without fences", _in_text(r"\A(?:[A-Z]?[a-z]+:.*\n){2}")),
    _Sign("pelican", 2, "reStructuredText with :date:", _in_text(r"(?:\A|\n):(?:date|modified|slug|tags|author)s?:\s")),
    _Sign("nikola", 2.5, ".. title:", _in_text(r"\A(?:<!--\s*\n)?\.\.\s+(?:title|slug|date):")),
    _Sign("eleventy", 1, "---json", _in_text(r"\A---(?:json|js)\s*$")),
    _Sign("eleventy", 1, "eleventy… keys", _in_text(r"^(?:eleventy[A-Z]\w+|layout:.*\.njk\b)")),
    _Sign("astro", 0.5, ".mdx", _in_path(r"\.mdx$")),
    _Sign(
        "astro",
        0.6,
        "pubDate or heroImage",
        _in_text(r"\A---\s*\n(?:.*\n)*?(?:pubDate|publishDate|updatedDate|updateDate|heroImage):"),
    ),
    _Sign("docusaurus", 1.2, "<!-- truncate -->", _in_text(r"(?:<!--|\{/\*)\s*truncate\s*(?:-->|\*/\})")),
    _Sign("docusaurus", 0.6, ":::note", _in_text(r"^:::(?:note|tip|info|warning|danger|caution)\b")),
)


def recognise(evidence: Evidence) -> Recognised:
    """Return the generator that ``evidence`` speaks for: its markers first, where they agree; else its posts."""
    told = _told_by_markers(evidence.markers)
    if len(told) == 1:
        ((generator, file),) = told.items()
        return Recognised(generator=generator, why=f"{file} is in {evidence.root}", certain=True, root=evidence.root)
    seen = _told_by_posts(evidence.posts)
    if told:
        both = " and ".join(f"{file} ({generator})" for generator, file in told.items())
        generator = next((each.generator for each in seen if each.generator in told), next(iter(told)))
        why = f"{both} are both in {evidence.root}"
        return Recognised(generator=generator, why=why, certain=False, root=evidence.root)
    return seen[0] if seen else Recognised(generator=UNKNOWN, why="nothing tells another", certain=False)


def _told_by_markers(markers: Mapping[str, str]) -> dict[str, str]:
    """Return, for each generator that the files of a site speak for, the first of them."""
    told: dict[str, str] = {}
    for marker in _MARKERS:
        if marker.file in markers and re.search(marker.says, markers[marker.file]):
            told.setdefault(marker.generator, marker.file)
    return told


def _told_by_posts(posts: Mapping[str, str]) -> list[Recognised]:
    """Return the generators that posts are written for, the likeliest first."""
    if not posts:
        return []
    sums: dict[str, float] = {}
    words: dict[str, list[str]] = {}
    for sign in _SIGNS:
        share = _share(sign, posts.items())
        if share:
            sums[sign.generator] = sums.get(sign.generator, 0) + sign.weight * share
            words.setdefault(sign.generator, []).append(f"{sign.words} ({share:.0%})")
    likely = sorted((each for each in sums if sums[each] >= _LIKELY), key=lambda each: (-sums[each], each))
    return [
        Recognised(
            generator=each,
            why=f"posts have {', '.join(words[each])}",
            certain=sums[each] >= _CERTAIN and sums[each] > 1.5 * max((sums[o] for o in sums if o != each), default=0),
        )
        for each in likely
    ]


def _share(sign: _Sign, posts: Iterable[tuple[str, str]]) -> float:
    has = [sign.is_in(path, text) for path, text in posts]
    return sum(has) / len(has)
