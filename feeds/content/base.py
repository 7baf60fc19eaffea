"""Against what the relative addresses in a file are, where its page is not written as browsers would need it."""

from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from feeds.content.dates import date_from_name

_PAGES = (".html", ".htm")

#: Whether there is such a day is the same in all of them.
_ANY_ZONE = ZoneInfo("UTC")


def is_bundle(path: PurePosixPath) -> bool:
    """Tell whether a file stands for its folder: ``slug/index.md``, also with a date before its name."""
    if not path.parent.name or not path.stem.lower().endswith("index"):
        return False
    return date_from_name(path.stem, timezone=_ANY_ZONE)[1].lower() == "index"


def of_page(page: str, _path: PurePosixPath) -> str:
    """Return the address of the page: against that browsers read relative ones."""
    return page


def of_folder(page: str, path: PurePosixPath) -> str:
    """Return the address of the page, as that of a folder where the file stands for its folder and what is in it."""
    return page if page.endswith(("/", *_PAGES)) or not is_bundle(path) else f"{page}/"
