"""Authors who are named by a key into a data file."""

from collections.abc import Mapping

from feeds.model.source import Value

_KEYS = ("authors", "author")


def with_people(fields: Mapping[str, Value], people: Mapping[str, Value]) -> dict[str, Value]:
    """Return ``fields`` with what ``people`` says, by their keys, of those who are named by one."""
    found = dict(fields)
    for key in _KEYS:
        if key in found:
            found[key] = _known(found[key], people)
    return found


def _known(value: Value, people: Mapping[str, Value]) -> Value:
    if isinstance(value, list):
        return [_known(item, people) for item in value]
    if isinstance(value, dict):
        # Docusaurus: a key, and what differs from the file.
        key = value.get("key", "")
        named = people.get(key) if isinstance(key, str) else None
        return {**named, **value} if isinstance(named, dict) else value
    person = people.get(value.strip())
    return person if isinstance(person, dict) and person.get("name") else value
