"""Who is asked to wait, and who never is."""

from dataclasses import dataclass
from typing import Any

import pytest

from builders import an_artefact
from feeds.model.terms import Terms
from feeds.web.allowance import MOST_COUNTED, Allowance

RSS = an_artefact()
HTML = an_artefact("/", media_type="text/html; charset=utf-8", self_url="")


@dataclass
class Time:
    seconds: float = 1000.0


def an_allowance(per_hour: int = 2, time: Time | None = None, **terms: Any) -> Allowance:
    time = time or Time()
    return Allowance(Terms(per_hour=per_hour, **terms), lambda: time.seconds)


def a_request(address: str = "203.0.113.5", **fields: str) -> dict[str, str]:
    return {"REQUEST_METHOD": "GET", "REMOTE_ADDR": address} | fields


def waits(allowance: Allowance, *requests: dict[str, str]) -> list[int]:
    return [allowance.wait(request, RSS) for request in requests]


def test_a_client_gets_its_share_at_once_and_then_evenly() -> None:
    time = Time()
    allowance = an_allowance(2, time)

    assert waits(allowance, *[a_request()] * 4) == [0, 0, 1800, 1800]
    time.seconds += 1799
    assert waits(allowance, a_request()) == [1]
    time.seconds += 1
    assert waits(allowance, *[a_request()] * 2) == [0, 1800]
    time.seconds += 100_000
    assert waits(allowance, *[a_request()] * 3) == [0, 0, 1800]


def test_each_document_and_each_client_is_counted_by_itself() -> None:
    allowance = an_allowance(1)
    other = an_artefact("/feeds/tv.rss")

    assert waits(allowance, a_request(), a_request()) == [0, 3600]
    assert allowance.wait(a_request(), other) == 0
    assert waits(allowance, a_request("203.0.113.6")) == [0]


@pytest.mark.parametrize(
    "fields", [{"HTTP_IF_NONE_MATCH": '"x"'}, {"HTTP_IF_MODIFIED_SINCE": "yesterday"}, {"REQUEST_METHOD": "HEAD"}]
)
def test_who_says_what_it_has_is_never_asked_to_wait_nor_counted(fields: dict[str, str]) -> None:
    allowance = an_allowance(1)

    assert waits(allowance, *[a_request(**fields)] * 50) == [0] * 50
    assert waits(allowance, a_request(), a_request(), a_request(**fields)) == [0, 3600, 0]


def test_pages_for_people_may_be_looked_at_as_often_as_they_like() -> None:
    allowance = an_allowance(1)

    assert [allowance.wait(a_request(), HTML) for _ in range(50)] == [0] * 50


def test_without_a_limit_nobody_waits() -> None:
    assert waits(an_allowance(0), *[a_request()] * 1000) == [0] * 1000


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "::1", "::ffff:127.0.0.1", "", "unix:", "?"])
def test_an_address_behind_which_anybody_may_be_is_not_counted(address: str) -> None:
    allowance = an_allowance(1, unlimited=("127.0.0.0/8", "10.0.0.0/8", "::1/128"))

    assert waits(allowance, *[a_request(address)] * 5) == [0] * 5


@pytest.mark.parametrize(
    ("one", "another", "wait"),
    [
        ("2001:db8::1", "2001:db8::2:3", 3600),
        ("2001:db8::1", "2001:db8:0:1::1", 0),
        ("::ffff:203.0.113.5", "203.0.113.5", 3600),
        ("[2001:db8::1]", "2001:db8::1", 3600),
    ],
)
def test_addresses_of_one_client_count_together(one: str, another: str, wait: int) -> None:
    allowance = an_allowance(1)

    assert waits(allowance, a_request(one), a_request(another)) == [0, wait]


def through(proxy: str, asked_for: str) -> dict[str, str]:
    return a_request(proxy, HTTP_X_FORWARDED_FOR=asked_for)


def test_nobody_is_believed_about_another_address_unless_it_is_trusted() -> None:
    allowance = an_allowance(1)

    assert waits(allowance, through("203.0.113.5", "198.51.100.1"), through("203.0.113.5", "198.51.100.2")) == [0, 3600]
    assert waits(allowance, a_request("198.51.100.1")) == [0]


def test_behind_a_trusted_proxy_the_client_is_the_last_address_that_is_no_proxy() -> None:
    allowance = an_allowance(1, unlimited=("127.0.0.0/8",), proxies=("127.0.0.1/32", "192.0.2.0/24"))

    assert waits(allowance, through("127.0.0.1", "198.51.100.1"), through("127.0.0.1", "198.51.100.2")) == [0, 0]
    assert waits(allowance, through("127.0.0.1", "198.51.100.1, 192.0.2.9")) == [3600]
    # What stands before it the client wrote itself.
    assert waits(allowance, through("127.0.0.1", f"198.51.100.{7}, 198.51.100.2")) == [3600]


@pytest.mark.parametrize(
    "asked_for", ["", "unknown", "127.0.0.1", ", ,", "_hidden", "x" * 100_000, "127.0.0.1," * 9999]
)
def test_a_proxy_that_does_not_say_whom_it_asks_for_is_not_limited_itself(asked_for: str) -> None:
    allowance = an_allowance(1, proxies=("127.0.0.0/8",))

    assert waits(allowance, *[through("127.0.0.1", asked_for)] * 5) == [0] * 5


def test_the_table_is_bounded_and_forgets_who_came_longest_ago() -> None:
    allowance = an_allowance(1)
    many = [a_request(f"198.51.{number // 250}.{number % 250}") for number in range(MOST_COUNTED + 1)]
    waits(allowance, *many)

    assert waits(allowance, many[-1], many[1], many[0]) == [3600, 3600, 0]
