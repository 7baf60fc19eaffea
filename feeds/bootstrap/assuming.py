"""What was assumed of a site because nobody said it: said by checks, once for the site."""

from collections.abc import Iterator

from feeds.bootstrap.parts import Premises
from feeds.content.generators import UNKNOWN
from feeds.model.doubt import Doubt, doubt, hint
from feeds.model.post import Post
from feeds.settings import AUTO

_GENERATOR = ("content", "generator")
_PERMALINK = ("content", "permalink")


def assumptions(premises: Premises, example: Post | None) -> Iterator[Doubt]:
    """Give every assumption about the site, and what speaks against one; ``example`` is one of its posts."""
    settings, found = premises.settings, premises.recognised
    if settings.content.generator == AUTO:
        yield from _generator(premises)
    for name in premises.taken:
        message = f'{name} is taken from the configuration of {found.generator}: "{getattr(settings.site, name)}"'
        yield hint("config-assumed", ("site", name), message)
    if not settings.content.permalink and example:
        message = f"posts are linked as {found.generator} links them: {example.path} is at {example.url}"
        yield hint("config-assumed", _PERMALINK, message)
    yield from _differences(premises)


def _generator(premises: Premises) -> Iterator[Doubt]:
    found = premises.recognised
    if found.generator == UNKNOWN:
        message = "the generator of the site was not recognised: posts are read as plain Markdown"
        yield hint("config-generator-unsure", _GENERATOR, message)
    elif found.certain:
        yield hint("config-assumed", _GENERATOR, f"the site is made with {found.generator}: {found.why}")
    else:
        message = f"the site is taken for one made with {found.generator}, but that is not certain: {found.why}"
        yield doubt("config-generator-unsure", _GENERATOR, message)


def _differences(premises: Premises) -> Iterator[Doubt]:
    """Name what the settings and the configuration of the site say differently, where one of them must be wrong."""
    site, facts = premises.settings.site, premises.facts
    for name in ("url", "timezone"):
        said = getattr(facts, name)
        if said and said.rstrip("/") != getattr(site, name) and name not in premises.taken:
            message = f'{name} is "{getattr(site, name)}" here, but "{said}" in the configuration of the site'
            yield doubt("config-site-differs", ("site", name), message)
