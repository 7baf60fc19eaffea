"""What a site's own files say of how its posts are to be read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from feeds.model.source import Value


@dataclass(frozen=True, kw_only=True)
class Customs:
    """A site's conventions, as its generator's files have them: text as it is written there, lists and maps of it.

    ``settings`` is the generator's configuration, its keys as they are
    written; ``data`` holds the data files by their paths from the root of the
    site; ``prefix`` is the path of the content directory from there, "" where
    it is the root itself, or no root is known.
    """

    settings: Mapping[str, Value] = field(default_factory=dict)
    data: Mapping[str, Value] = field(default_factory=dict)
    prefix: str = ""

    def __bool__(self) -> bool:
        """Tell whether there is anything in it."""
        return bool(self.settings or self.data or self.prefix)

    def __str__(self) -> str:
        """Return it as JSON, which `customs` reads; "" where there is nothing in it."""
        return json.dumps([self.settings, self.data, self.prefix], ensure_ascii=False) if self else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a generator's configuration says of its site; "" for what it does not say.

    ``url`` has no slash at its end.
    """

    title: str = ""
    url: str = ""
    description: str = ""
    language: str = ""
    timezone: str = ""
    author: str = ""


def customs(written: str) -> Customs:
    """Read what `Customs.__str__` wrote."""
    if not written:
        return Customs()
    settings, data, prefix = json.loads(written)
    return Customs(settings=settings, data=data, prefix=prefix)
