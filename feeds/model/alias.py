"""How old addresses are compared."""

import unicodedata
from urllib.parse import parse_qsl, urlencode


def alias_key(address: str) -> str:
    """Return what all spellings of an old path have in common, perhaps with its query.

    Neither the case of letters, nor how they are composed, nor slashes at the
    end count; nor does the order of the parameters of a query.
    """
    path, _, query = address.partition("?")
    key = unicodedata.normalize("NFC", path.casefold()).rstrip("/") or "/"
    return f"{key}?{urlencode(sorted(parse_qsl(query.casefold(), keep_blank_values=True)))}" if query else key
