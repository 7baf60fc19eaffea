"""A state that holds many documents, as a refresh would leave it, made without any content."""

import random
from datetime import UTC, datetime
from pathlib import Path

from feeds.model.feed import Format
from feeds.store import artefacts, runs
from feeds.store.artefacts import Placement
from feeds.store.database import open_database
from feeds.store.runs import Standing

_LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def write_crowd(folder: Path, feeds: int) -> list[str]:
    """Publish ``feeds`` feeds in three formats into ``folder``/state; return the paths of their documents.

    They are short, 3 kB, so that all of 10,000 feeds fit into the memory of a
    worker: what is compared is the keeping, not the disk.
    """
    lots = random.Random(1)
    text = " ".join("".join(lots.choices("abcdefghij", k=6)) for _ in range(550)).encode()
    paths = []
    database = open_database(folder / "state")
    with database.writing() as connection:
        placed = []
        for number in range(feeds):
            for format in Format:
                body = b"<rss>%d %s %s</rss>" % (number, format.encode(), text[number % 900 :])
                path = f"/feeds/tag/{number}.{format}"
                placed.append(
                    Placement(
                        path=path,
                        feed=f"tag/{number}",
                        digest=artefacts.keep(connection, body),
                        media_type=format.media_type,
                        self_url=f"https://example.org{path}",
                    )
                )
                paths.append(path)
        artefacts.swap(connection, placed, (), now=_LONG_AGO)
        runs.advance(
            connection,
            Standing(
                number=1,
                as_of=_LONG_AGO,
                refreshed=_LONG_AGO,
                next_transition=None,
                interpretation="",
                presentation="",
            ),
        )
    database.close()
    return paths


def write_script(folder: Path, paths: list[str]) -> Path:
    """Write a script for wrk that asks for all of the paths, one after another."""
    script = folder / "paths.lua"
    listed = ",\n".join(f'"{path}"' for path in paths)
    script.write_text(
        f"local paths = {{\n{listed}\n}}\nlocal at = math.random(#paths)\n"
        "request = function()\n  at = at % #paths + 1\n  return wrk.format(nil, paths[at])\nend\n"
    )
    return script
