"""What comes with a post beside its text: files to hear, see or keep, and what podcast applications show of them."""

from dataclasses import dataclass

#: What a podcast plays.
PLAYED = ("audio/", "video/")


@dataclass(frozen=True, kw_only=True)
class Enclosure:
    """A file that belongs to a post.

    ``url`` is absolute; ``length`` counts bytes and ``duration`` seconds, 0
    where they are not known.  ``stated`` tells that the author wrote the
    length, which is measured otherwise.  ``title`` is plain text.
    """

    url: str
    media_type: str
    length: int = 0
    duration: int = 0
    title: str = ""
    stated: bool = False

    @property
    def is_played(self) -> bool:
        """Tell whether it is to be heard or seen."""
        return self.media_type.startswith(PLAYED)


@dataclass(frozen=True, kw_only=True)
class Transcript:
    """The words of an episode, at an absolute URL; ``language`` is a BCP 47 tag, "" for that of the feed.

    ``captions`` tells that it has times, whatever its type.
    """

    url: str
    media_type: str
    language: str = ""
    captions: bool = False


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone who is heard in an episode: a name in plain text, what they do there, perhaps a page and a picture."""

    name: str
    role: str = ""
    url: str = ""
    picture: str = ""


@dataclass(frozen=True, kw_only=True)
class Episode:
    """What podcast applications show of an episode beside its post.

    Everything may be missing: "" or None.  ``number`` is a decimal number as
    text (``12``, ``100.5``), ``season`` counts from 1, ``kind`` is one of
    `feeds.model.podcast.EPISODE_KINDS`.  URLs are absolute; ``chapters`` is
    that of a file of chapters, of type ``chapters_type``.
    """

    title: str = ""
    number: str = ""
    number_shown: str = ""
    season: int = 0
    season_name: str = ""
    kind: str = ""
    explicit: bool | None = None
    picture: str = ""
    chapters: str = ""
    chapters_type: str = ""
    transcripts: tuple[Transcript, ...] = ()
    people: tuple[Person, ...] = ()
