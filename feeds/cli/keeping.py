"""The engine of ``feeds serve``, and what it tells at its start: where to look."""

import threading

import click
import structlog

from feeds.bootstrap.logs import configure_logs
from feeds.bootstrap.working import Workshop, engine, workshop
from feeds.cli.listed import addresses, heading
from feeds.model.report import Report
from feeds.services.overview import overview
from feeds.settings import Settings

log = structlog.get_logger("feeds.engine")

#: More feeds than this are not named one by one.
_MOST = 100


def keep_fresh(settings: Settings, end: threading.Event) -> None:
    """Run the engine until ``end``; raises `feeds.errors.FeedsError` when it cannot be started."""
    configure_logs()
    shop = workshop(settings)
    keeper = engine(shop, Announcement(shop))
    keeper.start()
    end.wait()
    keeper.stop()


class Announcement:
    """Prints, once, where the feeds are and how the content is."""

    def __init__(self, shop: Workshop) -> None:
        self._shop = shop
        self._told = False

    def __call__(self, report: Report) -> None:
        """Tell it, after the first refresh."""
        if self._told:
            return
        self._told = True
        click.echo("\n".join(self._lines(report)))

    def _lines(self, report: Report) -> list[str]:
        site = self._shop.publication.site
        server = self._shop.settings.server
        host = f"[{server.host}]" if ":" in server.host else server.host
        here = f"http://{host}:{server.port}"
        feeds = overview(self._shop.database, self._shop.publication, now=report.started)
        lines = [f"{site.title}: the list of feeds is at {here}/", ""]
        for feed in feeds[:_MOST]:
            lines.append(f"  {heading(feed)}" if feed.title else f"  {feed.name} {heading(feed)}")
            lines.extend(f"    {address.replace(site.public_url, here, 1)}" for address in addresses(feed))
        if len(feeds) > _MOST:
            lines.append(f"  and {len(feeds) - _MOST} more: see the list of feeds")
        lines += ["", f"{report.visible} posts published, {report.findings} files with findings."]
        lines.append(self._manner())
        lines.extend(f"Degraded: {condition.message}" for condition in report.conditions)
        if not report.posts and not report.conditions:
            lines.append(f"There are no posts in {self._shop.directory.root} yet: new ones are published as they come.")
        if report.findings:
            lines.append("`feeds check` shows the findings.")
        if site.public_url != here:
            lines.append(f"The documents name themselves at {site.public_url} (public_url).")
        return lines

    def _manner(self) -> str:
        """Say how the content is read, which the operator need not have said."""
        found = self._shop.recognised
        doubt = "" if found.certain else " If that is wrong, set [content] generator."
        return f"They are read as posts of the generator {found.generator}: {found.why}.{doubt}"
