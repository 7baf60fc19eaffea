"""Text that is read from right to left."""

from feeds.model.post import Post
from feeds.model.site import Site

#: The languages that are written so, as a rule (ISO 639).
_LANGUAGES = frozenset(
    (
        *("ar", "arc", "azb", "bal", "bgn", "bqi", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "khw", "ks", "lrc"),
        *("luz", "mzn", "nqo", "pnb", "prs", "ps", "sd", "skr", "syr", "ug", "ur", "yi"),
    )
)

#: The scripts (ISO 15924), which count for more than the language: ``az-Arab``, ``ur-Latn``.
_SCRIPTS = frozenset({"adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa"})
_SCRIPT_LETTERS = 4

_OPENING = '<div dir="rtl">'


def directed(html: str, post: Post, site: Site) -> str:
    """Return the HTML of a post for readers who show it amid text of another direction."""
    if not html or not is_right_to_left(post, site) or html.startswith(_OPENING):
        return html
    return f"{_OPENING}{html}</div>"


def is_right_to_left(post: Post, site: Site) -> bool:
    """Tell how a post is read: as its author says, else as its language, or that of the site, is written."""
    if post.direction:
        return post.direction == "rtl"
    language, *others = (post.language or site.language).lower().split("-")
    script = next((part for part in others if len(part) == _SCRIPT_LETTERS and part.isalpha()), "")
    return script in _SCRIPTS if script else language in _LANGUAGES
