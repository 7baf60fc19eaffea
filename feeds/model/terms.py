"""On which terms readers are served."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What readers may ask for, and how often.

    A client may fetch a document whole ``per_hour`` times at once, and then as
    often in an hour, evenly; 0 is as often as it likes.  Addresses in the
    networks ``unlimited`` are never counted.  Those in ``proxies`` are believed
    about whom they ask for (``X-Forwarded-For``), and nobody else is.
    With ``delta``, who asks for it gets only what is new to it (RFC 3229).
    """

    per_hour: int = 0
    unlimited: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()
    delta: bool = False
