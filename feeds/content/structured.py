"""Files of keys and values beside posts: configurations and data of the site's generator."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from feeds.content import front_data, front_yaml
from feeds.content.notes import Notes
from feeds.model.source import Value


def structured(name: str, text: str, notes: Notes) -> Mapping[str, Value]:
    """Read TOML, YAML or JSON, as the extension of ``name`` tells; nothing of any other file.

    Keys are as they are written.  Raises `feeds.errors.ContentError` for a file that is broken.
    """
    match PurePosixPath(name).suffix.lower():
        case ".toml":
            pairs = front_data.read_toml(text, 1, notes)
        case ".yaml" | ".yml":
            pairs = front_yaml.read(text, 1, notes)
        case ".json":
            pairs = front_data.read_json(text, 1, notes)
        case _:
            pairs = []
    return {key: value for key, value, _ in pairs}
