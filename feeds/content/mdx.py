"""Markdown with JSX in it: what a feed can show of it, without imports, components and expressions."""

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape

from feeds.content import mdx_blocks
from feeds.content.code import replaced
from feeds.content.codeblocks import code_spans
from feeds.content.notes import MOST
from feeds.content.passage import Passage
from feeds.content.restructured_marks import frame

_COMPONENT_LIKE = re.compile(r"<[A-Z]|<>|^(?:import|export) |\{/\*", re.MULTILINE)
_STATEMENT = re.compile(
    r"^(?:import\s+(?:['\"]|[\w$*{][\w$*{},\s]{0,500}?\sfrom\s*['\"])"
    r"|export\s+(?:const|let|var|default|function|async|class|type|interface|enum)\b|export\s*[{*])",
    re.MULTILINE,
)
_TOKEN = re.compile(
    r"""//[^\n]*|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)|"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`"""
    r"""|[(){}\[\]\n]|[^(){}\[\]\n"'`/\\]+|\\.|.""",
    re.DOTALL,
)
_PICTURE_IMPORT = re.compile(
    r"^import\s+(\w+)\s+from\s+['\"]([^'\"\n]+\.(?:png|jpe?g|gif|webp|avif|svg))['\"]", re.MULTILINE | re.IGNORECASE
)

#: What stands between braces, which may stand in texts and three deep in each other.
_INNER = r"""[^{}"']|"[^"\n]*+"|'[^'\n]*+'|["']"""
_BRACES = rf"\{{(?:{_INNER}|\{{(?:{_INNER}|\{{(?:{_INNER}|\{{[^{{}}]*+\}})*+\}})*+\}})*+\}}"
_MARK = re.compile(
    rf"""\{{/\*(?:[^*{{]|\*(?!/)|\{{(?!/\*))*+\*/\s*\}}
    |(?P<tag></?(?P<name>[A-Z][\w.]*|(?=>))(?P<props>(?:[^<>{{}}"']|"[^"<]*+"|'[^'<]*+'|{_BRACES})*+)>)
    |(?P<html><[a-z][\w-]*(?=[^<>{{}}]*[={{]{{?)(?P<attributes>(?:[^<>{{}}"']|"[^"<]*+"|'[^'<]*+'|{_BRACES})*+)>)
    |(?<!\\)(?P<value>{_BRACES})
    |\\(?P<escaped>[{{}}<])""",
    re.VERBOSE,
)
_PROPERTY = re.compile(rf"""([\w:-]+)(?:\s*=\s*(?:"([^"<]*)"|'([^'<]*)'|({_BRACES})))?""")
_TEXT = re.compile(r"""\{\s*(?:"([^"\\{}]*)"|'([^'\\{}]*)'|`([^`\\{}$]*)`)\s*\}""")
_WORD = re.compile(r"\{\s*([\w$]+)(?:\.src)?\s*\}")
_FILE = re.compile(r"""\{\s*(require|useBaseUrl)\(\s*(["'])([^"'{}\s]+)\2\s*\)(?:\.default)?\s*\}""")
_STATIC = "@site/static/"
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_LONGEST_STATEMENT = 20_000
_MOST_UNCLOSED = 10
_PICTURES = frozenset({"Image", "Img", "Picture", "Figure", "ThemedImage", "Photo"})


def keeps_indented_code(body: str) -> bool:
    """Tell whether a line with four leading spaces is code: in MDX it is not."""
    return _COMPONENT_LIKE.search(body) is None


def render(passage: Passage, body: str) -> str:
    """Return ``body`` as Markdown: imports and exports go, of components and their like the text inside stays.

    Pictures and players stay what they are; an expression that is a text is
    that text, any other is left out with a note.
    """
    pictures = dict(_PICTURE_IMPORT.findall(body)) if "import" in body else {}
    text = _without_statements(body) if _STATEMENT.search(body) else body
    if "<" not in text and "{" not in text:
        return text
    left_out = _Left(passage)
    return replaced(mdx_blocks.apart(text), _MARK, lambda mark: _rendered(mark, pictures, left_out))


class _Left:
    """Notes what is left out, as often as notes are kept."""

    def __init__(self, passage: Passage) -> None:
        self._passage = passage
        self._noted = 0

    def address(self, call: str, path: str) -> str:
        """Return the address of a file that a program names: in the static folder, or beside the post; "" for none."""
        if call == "useBaseUrl":
            return f"{self._passage.site.url}/{path.lstrip('/')}"
        if path.startswith(_STATIC):
            return f"{self._passage.site.url}/{path.removeprefix(_STATIC)}"
        return path if path.startswith(("./", "../")) else ""

    def out(self, mark: str) -> str:
        self._noted += 1
        return self._passage.leave_out(mark, max(self._passage.source.body.find(mark), 0)) if self._noted < MOST else ""


def _without_statements(body: str) -> str:
    """Cut imports and exports out, each up to the end of the line on which its brackets are closed."""
    spans = iter(code_spans(body))
    code = next(spans, None)
    pieces: list[str] = []
    done = unclosed = 0
    for found in _STATEMENT.finditer(body):
        while code and code[1] <= found.start():
            code = next(spans, None)
        if found.start() < done or (code and code[0] <= found.start()):
            continue
        end = _end_of_statement(body, found.start()) if unclosed < _MOST_UNCLOSED else None
        unclosed += end is None
        line = body.find("\n", found.end())
        pieces.append(body[done : found.start()])
        done = end or (line if line >= 0 else len(body))
    return "".join((*pieces, body[done:]))


def _end_of_statement(body: str, start: int) -> int | None:
    depth = 0
    for token in _TOKEN.finditer(body, start, start + _LONGEST_STATEMENT):
        depth += (token[0] in _OPENING) - (token[0] in _CLOSING)
        if depth <= 0 and token[0] == "\n":
            return token.start()
    return len(body) if depth <= 0 and len(body) <= start + _LONGEST_STATEMENT else None


def _rendered(mark: re.Match[str], pictures: Mapping[str, str], left: _Left) -> str:
    if mark["escaped"]:
        return mark["escaped"] if mark["escaped"] != "<" else "&lt;"
    if mark["value"]:
        found = _TEXT.fullmatch(mark["value"])
        return next((part for part in found.groups() if part is not None), "") if found else left.out(mark["value"])
    if mark["html"]:
        return _html(mark, pictures, left)
    return _component(mark, pictures, left) if mark["name"] else ""


def _html(mark: re.Match[str], pictures: Mapping[str, str], left: _Left) -> str:
    """Write an element of HTML with the attributes that JSX gives it; a picture that only the program knows goes."""
    name = mark["html"][1:].split(None, 1)[0].split(">")[0]
    known = [(key.lower(), value) for key, value in _properties(mark["attributes"], pictures, left) if value]
    if name == "img" and {"src", "srcset"}.isdisjoint(key for key, _ in known):
        return left.out(mark["html"])
    written = "".join(f' {key}="{escape(value)}"' for key, value in known)
    return f"<{name}{written}>"


def _component(mark: re.Match[str], pictures: Mapping[str, str], left: _Left) -> str:
    name, props = mark["name"], dict(_properties(mark["props"], pictures, left))
    if mark["tag"].startswith("</"):
        return ""
    if name in _PICTURES and props.get("src"):
        picture = f'<img src="{escape(props["src"])}" alt="{escape(props.get("alt", ""))}">'
        return f"{picture}\n" if _has_its_line(mark) else picture
    service = name.lower()
    if service in {"youtube", "vimeo"} and (video := props.get("id") or props.get("videoid")):
        return frame(service, video)
    if mark["tag"].endswith("/>"):
        return left.out(mark["tag"])
    title = props.get("title") or props.get("label") or ""
    return f"{_apart(mark)}**{title}**\n\n" if title else ""


def _apart(mark: re.Match[str]) -> str:
    """Return the blank line that a mark at the beginning of a line needs behind HTML."""
    return "\n" if mark.string[mark.start() - 1 : mark.start()] == "\n" else ""


def _has_its_line(mark: re.Match[str]) -> bool:
    return bool(_apart(mark)) and mark.string.startswith("\n", mark.end())


def _properties(written: str, pictures: Mapping[str, str], left: _Left) -> Iterator[tuple[str, str]]:
    for name, double, single, braces in _PROPERTY.findall(written):
        if not braces:
            yield name, unescape(double or single)
        elif found := _TEXT.fullmatch(braces):
            yield name, next((part for part in found.groups() if part is not None), "")
        elif word := _WORD.fullmatch(braces):
            yield name, pictures.get(word[1], "")
        elif file := _FILE.fullmatch(braces):
            yield name, left.address(file[1], file[3])
