"""Readers that fetch a whole document again and again are asked to wait (RFC 6585 section 4).

A reader that says what it has is never one of them.  Each process counts for
itself, and nobody's count outlives it.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from math import ceil
from threading import Lock
from typing import TYPE_CHECKING

from feeds.model.artefact import Artefact
from feeds.model.terms import Terms

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

#: How many pairs of client and document are counted at a time; of more, those that came longest ago are forgotten.
MOST_COUNTED = 10_000

#: How many addresses are remembered by what they are.
_MOST_ADDRESSES = 10_000

#: No list of addresses that a proxy sends is longer than this, in characters.
_LONGEST_LIST = 2_000

_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class _Peer:
    """What an address is: ``client`` names whom it counts as, empty for nobody."""

    client: str
    is_proxy: bool


class Allowance:
    """Who fetched which document how often.  ``monotonic`` counts seconds.  Safe to use from several threads."""

    def __init__(self, terms: Terms, monotonic: Callable[[], float]) -> None:
        self._interval = _HOUR / terms.per_hour if terms.per_hour else 0.0
        self._unlimited = _networks(terms.unlimited)
        self._proxies = _networks(terms.proxies)
        self._monotonic = monotonic
        self._peer = lru_cache(_MOST_ADDRESSES)(self._judge)
        self._lock = Lock()

        #: For each client and path, when all that it fetched would have been fetched evenly.
        self._due: OrderedDict[tuple[str, str], float] = OrderedDict()

    def wait(self, environ: "WSGIEnvironment", artefact: Artefact) -> int:
        """Count a request for a document; return 0 if it may be answered, else for how many seconds to wait.

        Who has to wait is not counted.  Pages for people, HEAD and conditional
        requests are always answered.
        """
        if not self._interval or environ["REQUEST_METHOD"] != "GET" or not artefact.self_url:
            return 0
        if environ.get("HTTP_IF_NONE_MATCH") or environ.get("HTTP_IF_MODIFIED_SINCE"):
            return 0
        client = self._client(environ)
        return self._count(client, artefact.path) if client else 0

    def _client(self, environ: "WSGIEnvironment") -> str:
        peer = self._peer(environ.get("REMOTE_ADDR") or "")
        if not peer.is_proxy:
            return peer.client
        # Read from the end: what is before the first address that is no proxy of ours, anybody may have written.
        asked_for: str = environ.get("HTTP_X_FORWARDED_FOR", "")[-_LONGEST_LIST:]
        for address in reversed(asked_for.split(",")):
            peer = self._peer(address.strip())
            if not peer.is_proxy:
                return peer.client
        return ""

    def _count(self, client: str, path: str) -> int:
        key = client, path
        with self._lock:
            now = self._monotonic()
            due = max(self._due.get(key, now), now)
            wait = due + self._interval - now - _HOUR
            if wait > 0:
                return ceil(wait)
            self._due[key] = due + self._interval
            self._due.move_to_end(key)
            if len(self._due) > MOST_COUNTED:
                self._due.popitem(last=False)
            return 0

    def _judge(self, text: str) -> _Peer:
        """Return what an address is; one that cannot be read, as that of a socket of this machine, is nobody's."""
        try:
            address = ip_address(text.strip("[]"))
        except ValueError:
            return _Peer(client="", is_proxy=False)
        address = getattr(address, "ipv4_mapped", None) or address
        is_unlimited = any(address in network for network in self._unlimited)
        # Who has one address of IPv6 has all of the same 64 bits.
        client = str(address) if address.version == 4 else str(ip_network((address, 64), strict=False))
        return _Peer(
            client="" if is_unlimited else client, is_proxy=any(address in network for network in self._proxies)
        )


def _networks(texts: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(text) for text in texts)
