"""What is known of a post beside what it is looked up by: as JSON, and back."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from feeds.model.license import License
from feeds.model.media import Enclosure, Episode, Person, Transcript
from feeds.model.post import Author, Picture, Post, Term

_write = json.JSONEncoder(ensure_ascii=False).encode


def write_details(post: Post) -> str:
    """Return the details of a post: what few posts have is only there where it says something."""
    details: dict[str, Any] = {
        "summary": post.summary,
        "authors": [[author.name, author.url, author.slug] for author in post.authors],
        "categories": [[term.slug, term.label] for term in post.categories],
        "tags": [[term.slug, term.label] for term in post.tags],
        "picture": [post.picture.url, post.picture.media_type, post.picture.alt] if post.picture else None,
    }
    rare = {
        "enclosures": [asdict(enclosure) for enclosure in post.enclosures],
        "episode": asdict(post.episode) if post.episode else None,
        "direction": post.direction,
        "original": post.original,
        "subject": post.subject,
        "license": asdict(post.license) if post.license else None,
    }
    return _write(details | {name: value for name, value in rare.items() if value})


def read_details(written: str) -> dict[str, Any]:
    """Return what `write_details` was given, by the names of the fields of a `Post`."""
    details = json.loads(written)
    picture = details["picture"]
    return {
        "summary": details["summary"],
        "authors": tuple(Author(name=name, url=url, slug=slug) for name, url, slug in details["authors"]),
        "categories": tuple(Term(kind="category", slug=slug, label=label) for slug, label in details["categories"]),
        "tags": tuple(Term(kind="tag", slug=slug, label=label) for slug, label in details["tags"]),
        "picture": Picture(url=picture[0], media_type=picture[1], alt=picture[2]) if picture else None,
        "enclosures": tuple(Enclosure(**enclosure) for enclosure in details.get("enclosures", ())),
        "episode": _episode(details["episode"]) if "episode" in details else None,
        "direction": details.get("direction", ""),
        "original": details.get("original", ""),
        "subject": details.get("subject", ""),
        "license": License(**details["license"]) if "license" in details else None,
    }


def _episode(facts: Mapping[str, Any]) -> Episode:
    nested = {
        "transcripts": tuple(Transcript(**each) for each in facts["transcripts"]),
        "people": tuple(Person(**each) for each in facts["people"]),
    }
    return Episode(**{**facts, **nested})
