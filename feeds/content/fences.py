"""Where front matter begins and where it ends."""

import re
from dataclasses import dataclass
from functools import lru_cache

from feeds.content.notes import Notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How front matter begins: its language, its fence, the fence's indentation and line in the file.

    ``fence`` is the first character of the fence; ``{`` stands for JSON that
    has none.
    """

    language: str
    fence: str
    indentation: int
    line: int


_LANGUAGES = {"-": "yaml", "+": "toml", ";": "json"}
_OPENING = re.compile(
    r"([^\S\n]*)(?:(-{3,})[^\S\n]*(yaml|yml|toml|json)?|(\+{3,})|(;{3,}))[^\S\n]*(?:#[^\n]*)?(?=\n|\Z)"
)
_BARE_JSON = re.compile(r"\{\s*(?:[\"'}]|[\w-]+\s*:)")
_BRACE = re.compile(r"\s*\{")
_COMMENTS = re.compile(r"(?:\s*<!--.*?-->)+\s*", re.DOTALL)
_BLANK_LINES = re.compile(r"(?:[^\S\n]*\n)+")

_KNOWN = (
    r"(?:title|date|slug|category|categories|tags?|authors?|modified|updated|summary|description|status|draft|private"
    r"|published|publish|hidden|unlisted|password|layout|permalink|lang|language|type|template|save_as|keywords|aliases)"
)
_FOREIGN = re.compile(
    rf"""
    {_KNOWN}[ \t]*(?::[ \t\n]|=)                      # Pelican, MultiMarkdown; a fence forgotten
    | [A-Za-z][\w-]*:[ \t].*\n[A-Za-z][\w-]*:[ \t]    # two such lines, whatever their keys
    | \#\+\w+:                                        # Org
    | %YAML\b
    | -{{3,}}[^\s-]                                   # ---something: a fence with a language that we do not know
    | [^\w\s`~<#>|!\[\]()*]{{2,}}[^\S\n]*\n\s*["']?[A-Za-z][\w-]*["']?[ \t]*[:=]    # a fence of other characters
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FIELD_LINE = re.compile(rf"^[ \t]*(?::{_KNOWN}:|\.\.[ \t]+{_KNOWN}:)", re.MULTILINE | re.IGNORECASE)
_HEADER_LINES = 12


def opening(text: str, notes: Notes) -> Opening | None:
    """Find how the front matter of ``text`` begins, None where there is none.

    Raises ContentError (``front-matter-unknown``) where ``text`` begins as a
    header does that we cannot read: such a file may be a draft.
    """
    start = _start(text)
    line = text.count("\n", 0, start) + 1
    if match := _OPENING.match(text, start):
        fence = (match[2] or match[4] or match[5])[0]
        language = (match[3] or _LANGUAGES[fence]).replace("yml", "yaml")
        return Opening(language=language, fence=fence, indentation=len(match[1]), line=line)
    if _BARE_JSON.match(text, start):
        return Opening(language="json", fence="{", indentation=0, line=line)
    _refuse_foreign(text[start:], line, notes)
    return None


def _start(text: str) -> int:
    """Return where the first line that is not blank begins."""
    blank = _BLANK_LINES.match(text)
    start = blank.end() if blank else 0
    brace = _BRACE.match(text, start)
    return brace.end() - 1 if brace else start


def _refuse_foreign(text: str, line: int, notes: Notes) -> None:
    comments = _COMMENTS.match(text)
    inner = text[comments.end() :] if comments else text
    beginning = "\n".join(text.split("\n", _HEADER_LINES)[:_HEADER_LINES])
    foreign = _FOREIGN.match(text.lstrip()) or _FIELD_LINE.search(beginning)
    hidden = comments and (_OPENING.match(inner) or _FOREIGN.match(inner) or _BARE_JSON.match(inner))
    if foreign or hidden:
        raise notes.refuse(
            "front-matter-unknown",
            line,
            "the file begins like front matter in a form that is not read here.",
            "Put the header between two lines of three dashes.",
        )


def end(text: str, opening: Opening, notes: Notes) -> int:
    """Return where the closing fence of ``text`` ends, which begins at its opening fence.

    Only the first two fences count: a rule in the body is body.  Raises
    ContentError (``unclosed-fence``).
    """
    closing = _closing(opening.fence, opening.indentation).search(text)
    if closing is None:
        raise notes.refuse(
            "unclosed-fence",
            opening.line,
            "the front matter that begins here is never closed.",
            f"End it with a line of {opening.fence * 3}.",
        )
    return closing.end()


def within(text: str) -> str:
    """Return what stands between the fences of ``text``, its first line and its last."""
    return text[text.find("\n") + 1 : text.rfind("\n") + 1]


_CLOSINGS = {
    "-": r"(?:-{3,}|\.{3})",
    "+": r"\+{3,}",
    ";": r";{3,}",
}


@lru_cache(maxsize=64)
def _closing(fence: str, indentation: int) -> re.Pattern[str]:
    # Deeper than its opening, a fence may be a line of some value: to end there would lose the keys behind it.
    return re.compile(rf"\n[^\S\n]{{0,{indentation}}}{_CLOSINGS[fence]}[^\S\n]*$", re.MULTILINE)
