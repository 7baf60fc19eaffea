"""What is fetched, and what is not."""

import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from feeds.errors import OutboundError
from feeds.outbound import fetch
from webserver import WebServer, web_server


@pytest.fixture(scope="module")
def web() -> Iterator[WebServer]:
    with web_server() as served:
        yield served


def test_a_document_is_fetched_whole(web: WebServer) -> None:
    web.pages["/feed"] = (200, {}, b"x" * 300_000)

    assert fetch(f"{web.url}/feed").body == b"x" * 300_000


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_the_last_address_is_told(web: WebServer, status: int) -> None:
    web.pages["/old"] = (status, {"Location": "/new"}, b"")
    web.pages["/new"] = (200, {}, b"here")

    fetched = fetch(f"{web.url}/old")

    assert (fetched.url, fetched.body) == (f"{web.url}/new", b"here")


@pytest.mark.parametrize("target", ["file:///etc/hostname", "ftp://127.0.0.1/x", "data:,x", "gopher://127.0.0.1/"])
def test_redirects_to_anything_but_the_web_are_not_followed(web: WebServer, target: str) -> None:
    web.pages["/away"] = (302, {"Location": target}, b"")

    with pytest.raises(OutboundError):
        fetch(f"{web.url}/away")


@pytest.mark.parametrize(
    "url", ["file:///etc/hostname", "ftp://127.0.0.1/x", "data:,x", "/etc/hostname", "", "http://"]
)
def test_only_the_web_is_fetched(url: str) -> None:
    with pytest.raises(OutboundError):
        fetch(url)


def test_redirects_in_a_circle_end(web: WebServer) -> None:
    web.pages["/circle"] = (302, {"Location": "/circle"}, b"")

    with pytest.raises(OutboundError):
        fetch(f"{web.url}/circle")


def test_what_is_too_large_is_not_taken(web: WebServer) -> None:
    web.pages["/large"] = (200, {}, b"x" * 200_000)

    with pytest.raises(OutboundError, match="larger than 100000 bytes"):
        fetch(f"{web.url}/large", max_bytes=100_000)


def test_an_answer_that_drips_is_not_waited_for(web: WebServer) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(200):
                handler.wfile.write(b"x" * 70_000)
                time.sleep(0.02)
        except OSError:
            return

    web.pages["/slow"] = drip

    with pytest.raises(OutboundError, match="too long"):
        fetch(f"{web.url}/slow", deadline=0.2)


def test_a_server_that_says_nothing_is_not_waited_for(web: WebServer) -> None:
    web.pages["/silent"] = lambda _: time.sleep(0.5)

    with pytest.raises(OutboundError):
        fetch(f"{web.url}/silent", deadline=0.1)


def test_a_refusal_is_told_with_its_status(web: WebServer) -> None:
    with pytest.raises(OutboundError, match="404"):
        fetch(f"{web.url}/nothing")


def test_a_server_that_is_not_there_is_told(web: WebServer) -> None:
    with pytest.raises(OutboundError, match=r"127\.0\.0\.1:9"):
        fetch("http://127.0.0.1:9/")
