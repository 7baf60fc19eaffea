"""What extensions of feedgen are made of: the one place where types end."""

from feedgen.ext.base import BaseExtension


class Extension(BaseExtension):  # type: ignore[misc]  # feedgen has no type hints
    """An extension of feedgen, as it calls them for a feed or an entry."""
