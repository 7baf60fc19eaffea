"""What the settings leave open, and the configuration of the site's own generator says."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from pydantic import ValidationError

from feeds.settings.settings import Settings
from feeds.settings.tables import SiteTable


def beside(settings: Settings, facts: Mapping[str, str]) -> tuple[Settings, tuple[str, ...]]:
    """Return ``settings`` with the keys of ``[site]`` that they leave open taken from ``facts``, and which those are.

    A fact that no setting could have is passed over.  A title that nobody
    gives is the host of the site.
    """
    written = {name: getattr(settings.site, name) for name in settings.site.model_fields_set}
    taken = tuple(name for name, fact in facts.items() if fact and name not in written and may_be(written, name, fact))
    filled = written | {name: facts[name] for name in taken}
    if not filled.get("title"):
        filled["title"] = urlsplit(settings.site.url).hostname or settings.site.url
    return replace(settings, site=SiteTable.model_validate(filled)), taken


def may_be(written: Mapping[str, object], name: str, fact: str) -> bool:
    """Tell whether the key ``name`` of ``[site]`` may have the value ``fact`` beside what is ``written``."""
    try:
        SiteTable.model_validate({**written, name: fact})
    except ValidationError:
        return False
    return True
