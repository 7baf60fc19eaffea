"""The configuration: read once, checked whole, passed down as nouns.

``load`` reads a TOML file and the environment over it, and gives ``Settings``
or every problem at once; ``doubts`` are what can be used and is probably not
meant, ``places`` tells on which line a key stands; ``schema`` is the JSON
Schema of the file.
"""

from feeds.settings.advice import did_you_mean
from feeds.settings.beside import beside, may_be
from feeds.settings.doubts import doubts
from feeds.settings.load import load
from feeds.settings.places import line_of, places
from feeds.settings.settings import Settings
from feeds.settings.signature import Signature, signature
from feeds.settings.tables import schema
from feeds.settings.values import AUTO, GENERATORS

__all__ = [
    "AUTO",
    "GENERATORS",
    "Settings",
    "Signature",
    "beside",
    "did_you_mean",
    "doubts",
    "line_of",
    "load",
    "may_be",
    "places",
    "schema",
    "signature",
]
