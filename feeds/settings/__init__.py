"""The configuration: read once, checked whole, passed down as nouns.

``load`` reads a TOML file and the environment over it, and gives ``Settings``
or every problem at once; ``schema`` is the JSON Schema of the file.
"""

from feeds.settings.load import load
from feeds.settings.settings import Settings
from feeds.settings.signature import Signature, signature
from feeds.settings.tables import schema
from feeds.settings.values import GENERATORS

__all__ = ["GENERATORS", "Settings", "Signature", "load", "schema", "signature"]
