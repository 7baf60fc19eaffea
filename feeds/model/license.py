"""Under which license something may be used."""

import re
from dataclasses import dataclass

_CC = "https://creativecommons.org/"
_CREATIVE_COMMONS = re.compile(
    r"(?:cc|creative[ _-]?commons)[ _-]+(by(?:[ _-](?:nc|nd|sa))*)"
    r"(?:[ _-]+v?(\d\.\d))?(?:[ _-]+(?:international|intl))?",
    re.IGNORECASE,
)
_ZERO = re.compile(r"cc[ _-]?0(?:[ _-]+(?:v?1\.0|universal))*", re.IGNORECASE)
_CC_URL = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/(\d\.\d)", re.IGNORECASE
)
_URL = re.compile(r"https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class License:
    """A license: its name in plain text, and the absolute URL of its text, "" where that is not known.

    ``identifier`` is that of the SPDX list in lower case, where one is known.
    """

    name: str
    url: str = ""
    identifier: str = ""

    @property
    def is_creative_commons(self) -> bool:
        """Tell whether it is one of Creative Commons, whose module of RSS names it by its URL."""
        return self.url.startswith(_CC)


def read_license(written: str) -> License | None:
    """Read a license as people write it: an address, ``CC BY-SA 4.0``, any other name; None for nothing.

    Those of Creative Commons become their addresses; without version, 4.0 is meant.
    """
    written = " ".join(written.split())
    if not written:
        return None
    if found := _CC_URL.match(written):
        return _of_creative_commons(found[2].lower(), found[3])
    if _URL.fullmatch(written):
        return License(name=written, url=written)
    if _ZERO.fullmatch(written):
        return _of_creative_commons("zero", "1.0")
    if found := _CREATIVE_COMMONS.fullmatch(written):
        return _of_creative_commons(re.sub("[ _]", "-", found[1].lower()), found[2] or "4.0")
    return License(name=written)


def _of_creative_commons(which: str, version: str) -> License:
    if which == "zero":
        return License(name=f"CC0 {version}", url=f"{_CC}publicdomain/zero/{version}/", identifier=f"cc0-{version}")
    if which == "mark":
        return License(name=f"Public Domain Mark {version}", url=f"{_CC}publicdomain/mark/{version}/")
    url = f"{_CC}licenses/{which}/{version}/"
    return License(name=f"CC {which.upper()} {version}", url=url, identifier=f"cc-{which}-{version}")
