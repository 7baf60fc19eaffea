"""Keys of front matter that are not known, but close to one that is."""

from functools import lru_cache

from feeds.content.dialects import dialect
from feeds.content.fields import HIDING

#: What other programs read from the same files: never a slip.
_OTHERS = frozenset(
    (
        *(
            "layout",
            "extends",
            "section",
            "type",
            "kind",
            "weight",
            "order",
            "toc",
            "comments",
            "aliases",
            "redirect_from",
        ),
        *(
            "canonical",
            "canonical_url",
            "permalink",
            "slug",
            "url",
            "path",
            "series",
            "topics",
            "math",
            "mermaid",
            "pin",
        ),
        *("sitemap", "robots", "seo", "meta", "params", "menu", "nav", "cascade", "build", "resources", "outputs"),
        *(
            "color",
            "icon",
            "logo",
            "link",
            "links",
            "source",
            "sources",
            "video",
            "audio",
            "videos",
            "audios",
            "files",
            "medias",
            "podcasts",
            "episodes",
            "right",
            "gallery",
            "images",
            "caption",
        ),
        *(
            "credit",
            "featured",
            "feature",
            "features",
            "pinned",
            "sticky",
            "notes",
            "note",
            "version",
            "revision",
            "rating",
        ),
        *("content", "heading", "headline", "intro", "lead", "tagline", "dates", "update", "updates", "page", "pages"),
        *("state", "states", "stage", "place", "location", "event", "events", "height", "width", "cat", "lat", "long"),
    )
)
#: Shorter keys are close to too much.
_SHORTEST = 4
#: From this length on, two letters may be wrong.
_LONG = 9


@lru_cache(maxsize=1024)
def misspelt(keys: tuple[str, ...], generator: str) -> tuple[tuple[str, str], ...]:
    """Return each of ``keys`` that is probably a slip, with the key that was meant; a site has few sets of keys."""
    return tuple((key, meant) for key in keys if (meant := _meant(key, keys, generator)))


def _meant(key: str, keys: tuple[str, ...], generator: str) -> str:
    if len(key) < _SHORTEST or key in _OTHERS or not key.replace("_", "").replace("-", "").isalpha():
        return ""
    groups = dialect(generator).keys.values()
    if key in HIDING or any(key in {name, name.partition(".")[0]} for group in groups for name in group):
        return ""
    for group in groups:
        # What is said already was not to be said once more.
        if not any(name in keys for name in group):
            close = next((name for name in group if _close(key, name)), "")
            if close:
                return close
    return next((name for name in sorted(HIDING) if name not in keys and _close(key, name)), "")


def _close(key: str, name: str) -> bool:
    if len(name) < _SHORTEST or "." in name or key[0] != name[0]:
        return False
    slips = 2 if min(len(key), len(name)) >= _LONG else 1
    return abs(len(key) - len(name)) <= slips and distance(key, name) <= slips


def distance(one: str, other: str) -> int:
    """Return how many letters are to be added, dropped, changed or exchanged with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, another in enumerate(other, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != another))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == another:
                least = min(least, earlier[j - 2] + 1)
            row.append(least)
    return row[-1]
