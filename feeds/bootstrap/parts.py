"""What settings, and the site's own files, say of the content and of what is made of it."""

from dataclasses import asdict, dataclass

from feeds.bootstrap.recognising import recognised
from feeds.bootstrap.surroundings import customs_of
from feeds.content.dialects import dialect
from feeds.content.generators import Recognised
from feeds.disk import ContentDirectory
from feeds.model.customs import Customs, Facts
from feeds.model.finding import Finding
from feeds.model.publication import Publication
from feeds.services.reading import Reading, content_suffixes
from feeds.settings import AUTO, Settings, beside


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises:
    """The settings with all that the site's own files add to them.

    ``settings`` are filled in from ``facts``, by the keys ``taken``.
    ``findings`` name the files of the site that cannot be read.
    """

    settings: Settings
    recognised: Recognised
    customs: Customs
    facts: Facts
    taken: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def publication(self) -> Publication:
        """Everything that shapes posts and documents."""
        content = self.settings.content
        return Publication(
            site=self.settings.publication,
            generator=self.recognised.generator,
            customs=self.customs,
            permalink=content.permalink,
            date_formats=content.date_formats,
            definitions=self.settings.definitions(),
            delta=self.settings.server.delta,
        )


def premises_of(settings: Settings) -> Premises:
    """Look at the files of the site, as they are at this moment."""
    content = settings.content
    told = Recognised(generator=content.generator, why="the settings say so", certain=True)
    found = recognised(content.directory) if content.generator == AUTO else told
    its = dialect(found.generator)
    customs, findings = customs_of(content.directory, its)
    facts = its.facts(customs)
    names = ("title", "description", "language", "timezone", "author")
    filled, taken = beside(settings, {name: value for name, value in asdict(facts).items() if name in names})
    return Premises(settings=filled, recognised=found, customs=customs, facts=facts, taken=taken, findings=findings)


def publication_of(settings: Settings) -> Publication:
    """Return everything that shapes posts and documents."""
    return premises_of(settings).publication


def reading_of(settings: Settings, publication: Publication) -> Reading:
    """Return what reads the content."""
    directory = ContentDirectory(settings.content.directory, content_suffixes(publication.generator))
    return Reading(directory=directory, publication=publication)
