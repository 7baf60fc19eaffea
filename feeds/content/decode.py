"""From the bytes of a file to its text."""

import codecs

from feeds.content import text
from feeds.content.notes import Notes

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

#: What ``surrogateescape`` makes of a byte that is not UTF-8 → what the byte is in Windows-1252.
_WINDOWS_1252 = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}


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
    legal = text.legal(written)
    if legal != written:
        notes.warn(
            "characters",
            _first_difference(written, legal),
            "the file holds control characters, which no feed can carry: left out.",
            "Delete them.",
        )
    return legal


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
