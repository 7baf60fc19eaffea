"""A feed as a podcast: what directories and applications ask beside what every feed says."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

#: How the episodes of a podcast follow each other: each for itself, or in order.
PODCAST_KINDS = ("episodic", "serial")

#: What an episode is of its podcast.
EPISODE_KINDS = ("full", "trailer", "bonus")

#: What a podcast consists of (Podcasting 2.0, ``medium``).
MEDIUMS = (
    *("podcast", "music", "video", "film", "audiobook", "newsletter", "blog", "publisher", "course"),
    *("mixed", "podcastL", "musicL", "videoL", "filmL", "audiobookL", "newsletterL", "blogL", "publisherL", "courseL"),
)

#: The formats that podcast applications play, by the extension of a file.
PLAYABLE = ("m4a", "mp3", "mov", "mp4", "m4v")

#: What stands between a category and one below it.
BELOW = " > "

#: The categories of Apple's directory, which all others use too, with those below them.
CATEGORIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Arts": ("Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"),
        "Business": ("Careers", "Entrepreneurship", "Investing", "Management", "Marketing", "Non-Profit"),
        "Comedy": ("Comedy Interviews", "Improv", "Stand-Up"),
        "Education": ("Courses", "How To", "Language Learning", "Self-Improvement"),
        "Fiction": ("Comedy Fiction", "Drama", "Science Fiction"),
        "Government": (),
        "Health & Fitness": (
            *("Alternative Health", "Fitness", "Medicine", "Mental Health", "Nutrition", "Sexuality"),
        ),
        "History": (),
        "Kids & Family": ("Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"),
        "Leisure": (
            *("Animation & Manga", "Automotive", "Aviation", "Crafts", "Games", "Hobbies", "Home & Garden"),
            "Video Games",
        ),
        "Music": ("Music Commentary", "Music History", "Music Interviews"),
        "News": (
            *("Business News", "Daily News", "Entertainment News", "News Commentary", "Politics", "Sports News"),
            "Tech News",
        ),
        "Religion & Spirituality": (
            *("Buddhism", "Christianity", "Hinduism", "Islam", "Judaism", "Religion", "Spirituality"),
        ),
        "Science": (
            *("Astronomy", "Chemistry", "Earth Sciences", "Life Sciences", "Mathematics", "Natural Sciences"),
            *("Nature", "Physics", "Social Sciences"),
        ),
        "Society & Culture": ("Documentary", "Personal Journals", "Philosophy", "Places & Travel", "Relationships"),
        "Sports": (
            *("Baseball", "Basketball", "Cricket", "Fantasy Sports", "Football", "Golf", "Hockey", "Rugby", "Running"),
            *("Soccer", "Swimming", "Tennis", "Volleyball", "Wilderness", "Wrestling"),
        ),
        "TV & Film": ("After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"),
        "Technology": (),
        "True Crime": (),
    }
)


def category_names() -> tuple[str, ...]:
    """Return every category as configurations name it: ``Arts``, ``Arts > Books``."""
    below = (f"{outer}{BELOW}{inner}" for outer, inners in CATEGORIES.items() for inner in inners)
    return (*CATEGORIES, *below)


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """Where listeners may support a podcast: an absolute URL, and what to call it in plain text."""

    url: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Podcast:
    """What a feed says of itself as a podcast; "", None or nothing where its operator says nothing.

    ``categories`` are some of `category_names`, the first the most important.
    ``image`` is the absolute URL of a square picture, ``guid`` a UUID that
    follows the podcast wherever it moves, "" for the one that its URL gives.
    """

    categories: tuple[str, ...]
    image: str
    explicit: bool = False
    author: str = ""
    owner: str = ""
    email: str = ""
    kind: str = "episodic"
    locked: bool | None = None
    funding: tuple[Funding, ...] = ()
    guid: str = ""
    medium: str = "podcast"
