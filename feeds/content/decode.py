"""From the bytes of a file to its text."""

import codecs
import re

from feeds.content import text
from feeds.content.notes import Notes

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

#: What ``surrogateescape`` makes of a byte that is not UTF-8 → what the byte is in Windows-1252.
_WINDOWS_1252 = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}

#: Of what XML cannot carry or HTML calls an error: the controls of ASCII; those behind it, and noncharacters, in UTF-8.
_CONTROLS = tuple({*range(0x20), 0x7F} - {*b"\t\n\r"})
_MORE_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]")
_NONCHARACTERS = re.compile(rb"\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])")
#: What characters beyond the first plane begin with, and files in UTF-16.
_RARE = (*range(0xF0, 0xF5), 0xFE, 0xFF)


def decode(data: bytes, notes: Notes) -> str:
    """Read ``data`` as UTF-8 (or UTF-16 where a byte order mark says so), with newline line ends.

    Bytes that are not UTF-8 are read one by one as Windows-1252, so that a
    single old quotation mark does not spoil the rest.  Characters that XML
    cannot carry are dropped.  Both are noted.
    """
    written = _characters(data, notes)
    # To look for one character costs next to nothing, to look for two in a row as much as to decode.
    if "\r" in written:
        written = written.replace("\r\n", "\n").replace("\r", "\n")
    legal = written if surely_legal(data) else text.legal(written)
    if legal != written:
        notes.warn(
            "characters",
            _first_difference(written, legal),
            "the file holds control characters, which no feed can carry: left out.",
            "Delete them.",
        )
    return legal


def surely_legal(data: bytes) -> bool:
    """Tell whether bytes hold nothing that `text.legal` would change, as far as they tell without being read: most do.

    To look for single bytes costs a third of looking at each character.
    """
    found = data.__contains__
    return not (
        any(map(found, _CONTROLS))
        or (found(0xC2) and _MORE_CONTROLS.search(data))
        or (found(0xEF) and _NONCHARACTERS.search(data))
        or any(map(found, _RARE))
    )


def _characters(data: bytes, notes: Notes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf_16(data, notes)
    try:
        # A tenth of what the codec that knows the mark takes, which is written in Python.
        return data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        notes.warn(
            "encoding",
            data.count(b"\n", 0, error.start) + 1,
            "the file is not UTF-8 throughout: the bytes that are not were read as Windows-1252.",
            "Save it as UTF-8.",
        )
    return data.decode("utf-8-sig", "surrogateescape").translate(_WINDOWS_1252)


def _utf_16(data: bytes, notes: Notes) -> str:
    decoded = data.decode("utf-16", "replace")
    if _REPLACEMENT in decoded:
        notes.warn("encoding", 0, "the file is not UTF-16 throughout, as it says it is.", "Save it as UTF-8.")
    return decoded


def _first_difference(written: str, legal: str) -> int:
    same = next((i for i, (one, other) in enumerate(zip(written, legal, strict=False)) if one != other), len(legal))
    return written.count("\n", 0, same) + 1
