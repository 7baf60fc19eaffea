"""HTTP as feed readers, caches and scripts on other sites see it."""

import gzip
import json
import os
import socket
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.client import HTTPConnection
from itertools import product
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import quote

import brotli
import pytest
import zstandard
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header
from werkzeug.test import TestResponse, run_wsgi_app

from builders import ShelfInMemory, an_artefact, day
from feeds.model.artefact import Artefact, Condition, Gone, Redirect
from feeds.model.terms import Terms
from feeds.services.serve import Serve
from feeds.web.allowance import Allowance
from feeds.web.app import create_app
from feeds.web.codings import SMALLEST, Coding, encode, negotiate
from feeds.web.edge import Edge

PATH = "/feeds/category/tv.rss"
RSS = an_artefact(PATH, b"<rss><channel>" + b"<item>Hello</item>" * 200 + b"</channel></rss>")
STYLE = "\nbody { color: black }\n"
PAGE = an_artefact(
    "/",
    f"<!DOCTYPE html><title>Feeds</title><style>{STYLE}</style>{'<p>x</p>' * 50}".encode(),
    media_type="text/html; charset=utf-8",
    self_url="",
)
ALIAS = Redirect(path="/category/tv/feed/", target="https://feeds.example.com/feeds/category/tv.rss")
UNICODE = an_artefact("/feeds/category/gärten.atom", media_type="application/atom+xml; charset=utf-8")
SHORT = an_artefact("/feeds/short.json", b"{}", media_type="application/feed+json")

CODINGS = ["identity", "gzip", "br", "zstd"]
DECODE = {
    "identity": bytes,
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": zstandard.ZstdDecompressor().decompress,
}
CACHE_CONTROL = "public, max-age=900, stale-while-revalidate=3600, stale-if-error=86400"
EVERYWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
    "X-Content-Type-Options": "nosniff",
}


def published() -> ShelfInMemory:
    return ShelfInMemory(RSS, PAGE, ALIAS, UNICODE, SHORT)


def an_app(shelf: ShelfInMemory | None = None) -> Flask:
    clock = iter(range(1_000_000))
    serve = Serve(
        published() if shelf is None else shelf,
        memory_bytes=1_000_000,
        clock=lambda: day(1),
        monotonic=lambda: float(next(clock)),
    )
    return create_app(serve)


@pytest.fixture
def client() -> FlaskClient:
    return an_app().test_client()


def etag_of(artefact: Artefact, coding: str) -> str:
    return f'"{artefact.etag}"' if coding == "identity" else f'"{artefact.etag}-{coding}"'


def headers_of(response: TestResponse) -> dict[str, str]:
    """Return the header set without the date, having checked that no field comes twice."""
    names = [name.lower() for name, _ in response.headers]
    assert len(names) == len(set(names))
    return {name: value for name, value in response.headers if name != "Date"}


def test_a_document_comes_with_exactly_these_headers(client: FlaskClient) -> None:
    response = client.get(PATH)

    assert (response.status_code, response.data) == (200, RSS.body)
    assert headers_of(response) == EVERYWHERE | {
        "Content-Type": "application/rss+xml; charset=utf-8",
        "Content-Length": str(len(RSS.body)),
        "ETag": f'"{RSS.etag}"',
        "Last-Modified": "Mon, 01 Jan 2024 12:00:00 GMT",
        "Vary": "Accept-Encoding",
        "Cache-Control": CACHE_CONTROL,
        "Link": '<https://feeds.example.com/feeds/category/tv.rss>; rel="self"',
    }


def test_a_reader_that_has_the_feed_is_not_sent_it_again(client: FlaskClient) -> None:
    response = client.get(PATH, headers={"If-None-Match": f'"{RSS.etag}"'})

    assert (response.status_code, response.data) == (304, b"")
    assert "Date" in response.headers
    assert headers_of(response) == EVERYWHERE | {
        "ETag": f'"{RSS.etag}"',
        "Vary": "Accept-Encoding",
        "Cache-Control": CACHE_CONTROL,
        "Link": '<https://feeds.example.com/feeds/category/tv.rss>; rel="self"',
    }


@pytest.mark.parametrize("coding", CODINGS)
def test_every_coding_has_its_own_strong_validator_and_the_same_content(client: FlaskClient, coding: str) -> None:
    response = client.get(PATH, headers={"Accept-Encoding": coding})

    assert response.headers["ETag"] == etag_of(RSS, coding)
    assert response.headers.get("Content-Encoding", "identity") == coding
    assert response.headers["Content-Length"] == str(len(response.data))
    assert response.headers["Vary"] == "Accept-Encoding"
    assert DECODE[coding](response.data) == RSS.body


@pytest.mark.parametrize(("held", "wanted"), list(product(CODINGS, CODINGS)))
def test_a_validator_is_good_for_its_own_coding_only(client: FlaskClient, held: str, wanted: str) -> None:
    for validator in (etag_of(RSS, held), f"W/{etag_of(RSS, held)}", f'"other", {etag_of(RSS, held)}'):
        response = client.get(PATH, headers={"If-None-Match": validator, "Accept-Encoding": wanted})

        assert response.status_code == (304 if held == wanted else 200)
        assert response.headers["ETag"] == etag_of(RSS, wanted)


@pytest.mark.parametrize("coding", CODINGS)
def test_any_copy_will_do_for_who_asks_for_a_star(client: FlaskClient, coding: str) -> None:
    assert client.get(PATH, headers={"If-None-Match": "*", "Accept-Encoding": coding}).status_code == 304


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("Mon, 01 Jan 2024 12:00:00 GMT", 304),
        ("Mon, 01 Jan 2024 12:00:01 GMT", 304),
        ("Mon, 01 Jan 2024 11:59:59 GMT", 200),
        ("yesterday", 200),
    ],
)
@pytest.mark.parametrize("coding", CODINGS)
def test_a_date_alone_is_enough_to_be_spared_the_body(
    client: FlaskClient, since: str, status: int, coding: str
) -> None:
    response = client.get(PATH, headers={"If-Modified-Since": since, "Accept-Encoding": coding})

    assert response.status_code == status
    assert response.headers["ETag"] == etag_of(RSS, coding)


@pytest.mark.parametrize(
    ("held", "since", "status"),
    [
        ('"other"', "Mon, 01 Jan 2024 12:00:00 GMT", 200),
        (f'"{RSS.etag}"', "Mon, 01 Jan 2024 11:00:00 GMT", 304),
    ],
)
def test_the_validator_takes_precedence_over_the_date(client: FlaskClient, held: str, since: str, status: int) -> None:
    headers = {"If-None-Match": held, "If-Modified-Since": since}

    assert client.get(PATH, headers=headers).status_code == status


@pytest.mark.parametrize("path", [PATH, "/", "/feeds/none.rss", "/category/tv/feed/", "/healthz", "/readyz"])
@pytest.mark.parametrize("held", ["", f'"{RSS.etag}-br"'])
def test_head_says_what_get_would_say(client: FlaskClient, path: str, held: str) -> None:
    headers = {"Accept-Encoding": "br", "If-None-Match": held}
    get, head = client.get(path, headers=headers), client.head(path, headers=headers)

    assert head.data == b""
    assert head.status_code == get.status_code
    assert headers_of(head) == headers_of(get)


@pytest.mark.parametrize("path", [PATH, "/", "/feeds/none.rss", "/feeds.opml", "/healthz", "/readyz"])
def test_options_tells_scripts_on_other_sites_what_they_may_send(client: FlaskClient, path: str) -> None:
    response = client.options(
        path, headers={"Origin": "https://reader.example", "Access-Control-Request-Method": "GET"}
    )

    assert (response.status_code, response.data) == (204, b"")
    assert headers_of(response) == EVERYWHERE | {
        "Allow": "GET, HEAD, OPTIONS",
        "Access-Control-Allow-Methods": "GET, HEAD",
        "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since, A-IM",
    }


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
@pytest.mark.parametrize("path", [PATH, "/", "/feeds/none.rss", "/healthz", "/readyz"])
def test_no_other_method_is_allowed(client: FlaskClient, method: str, path: str) -> None:
    response = client.open(path, method=method)

    assert response.status_code == 405
    assert headers_of(response) == EVERYWHERE | {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(response.data)),
        "Allow": "GET, HEAD, OPTIONS",
        "Cache-Control": "no-store",
    }


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/none.rss",
        f"{PATH}/",
        "/feeds/category/TV.rss",
        "/feeds/",
        "/feeds//category/tv.rss",
        "/feeds/../feeds/category/tv.rss",
        "/feeds/%00",
        "/feeds/%ff%fe.rss",
        "/static/index.css",
        "/feeds/" + "x" * 5000,
    ],
)
def test_what_is_not_published_is_not_found(client: FlaskClient, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 404
    assert response.text == "Nothing is published here. The list of all feeds is at /\n"
    assert headers_of(response) == EVERYWHERE | {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(response.data)),
        "Cache-Control": "public, max-age=60",
    }


def test_a_feed_may_have_any_name(client: FlaskClient) -> None:
    response = client.get(quote("/feeds/category/gärten.atom"))

    assert response.status_code == 200
    assert response.headers["Link"] == '<https://feeds.example.com/feeds/category/g%C3%A4rten.atom>; rel="self"'


def test_an_old_path_leads_to_the_document_for_good(client: FlaskClient) -> None:
    response = client.get("/category/tv/feed/?utm_source=x")

    assert response.status_code == 301
    assert headers_of(response) == EVERYWHERE | {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(response.data)),
        "Location": "https://feeds.example.com/feeds/category/tv.rss",
        "Cache-Control": CACHE_CONTROL,
    }


def test_an_old_path_leads_to_the_same_place_wherever_a_proxy_mounts_the_service(client: FlaskClient) -> None:
    response = client.get("/category/tv/feed/", environ_overrides={"SCRIPT_NAME": "/syndication"})

    assert response.headers["Location"] == "https://feeds.example.com/feeds/category/tv.rss"


def test_an_old_address_with_a_query_is_told_from_the_page_at_its_path() -> None:
    redirect = Redirect(path="/?feed=rss2&cat=3", target="https://feeds.example.com/feeds/category/tv.rss")
    client = an_app(ShelfInMemory(PAGE, redirect)).test_client()

    assert client.get("/?cat=3&feed=rss2").headers["Location"] == redirect.target
    assert client.get("/?feed=rss2").status_code == 200
    assert client.get("/?feed=rss2&cat=3&page=2").status_code == 200
    assert client.get("/other?feed=rss2&cat=3").status_code == 404


def test_what_has_ended_is_gone_and_not_just_missing() -> None:
    response = an_app(ShelfInMemory(RSS, Gone(path="/feeds/old.rss"))).test_client().get("/feeds/old.rss")

    assert response.status_code == 410
    assert headers_of(response) == EVERYWHERE | {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(response.data)),
        "Cache-Control": "public, max-age=900",
    }


def test_the_page_may_show_its_own_style_and_nothing_else(client: FlaskClient) -> None:
    response = client.get("/")
    digest = b64encode(sha256(STYLE.encode()).digest()).decode()

    assert headers_of(response) == EVERYWHERE | {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(PAGE.body)),
        "ETag": f'"{PAGE.etag}"',
        "Last-Modified": "Mon, 01 Jan 2024 12:00:00 GMT",
        "Vary": "Accept-Encoding",
        "Cache-Control": CACHE_CONTROL,
        "Referrer-Policy": "no-referrer",
        "Content-Security-Policy": (
            f"default-src 'none'; style-src 'sha256-{digest}'; img-src https: http:; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        ),
    }


@pytest.mark.parametrize("path", [PATH, "/", "/feeds/none.rss", "/category/tv/feed/", "/healthz"])
@pytest.mark.parametrize("host", ["evil.example", "", "a b", "a..b", "é", "[::1", "x" * 5000, "x:99999999", "%", "\t"])
def test_the_answer_is_the_same_for_every_host(path: str, host: str) -> None:
    plain = an_app().test_client().get(path)
    environ = {
        "HTTP_HOST": host,
        "HTTP_X_FORWARDED_HOST": host,
        "HTTP_X_FORWARDED_PROTO": "https",
        "HTTP_FORWARDED": host,
    }
    response = an_app().test_client().get(path, environ_overrides=environ)

    assert (response.status_code, response.data) == (plain.status_code, plain.data)
    assert headers_of(response) == headers_of(plain)


def test_a_request_without_a_host_is_answered_as_well() -> None:
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": PATH,
        "SERVER_NAME": "",
        "SERVER_PORT": "",
        "wsgi.url_scheme": "http",
    }
    body, status, _ = run_wsgi_app(an_app(), environ)

    assert (status, b"".join(body)) == ("200 OK", RSS.body)


def test_parameters_that_mean_nothing_change_nothing(client: FlaskClient) -> None:
    plain, tracked = client.get(PATH), client.get(f"{PATH}?utm_source=x&format=json&%ff=%00")

    assert (plain.data, headers_of(plain)) == (tracked.data, headers_of(tracked))


def test_nobody_is_ever_given_a_cookie(client: FlaskClient) -> None:
    for path, method in product([PATH, "/", "/none", "/healthz", "/readyz"], ["GET", "HEAD", "OPTIONS", "POST"]):
        response = client.open(path, method=method, headers={"Cookie": "session=x"})

        assert "Set-Cookie" not in response.headers
        assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("path", [PATH, "/", "/none", "/readyz"])
def test_before_the_first_refresh_readers_are_asked_to_come_back(path: str) -> None:
    response = an_app(ShelfInMemory()).test_client().get(path)

    assert response.status_code == 503
    assert headers_of(response) == EVERYWHERE | {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(response.data)),
        "Retry-After": "5",
        "Cache-Control": "no-store",
    }


def test_a_broken_state_costs_only_what_nobody_asked_for_before() -> None:
    shelf = published()
    client = an_app(shelf).test_client()
    client.get(PATH)
    shelf.broken = True
    with capture_logs() as logs:
        known, unknown = client.get(PATH), client.get("/")

    assert known.status_code == 200
    assert (unknown.status_code, unknown.headers["Retry-After"]) == (503, "5")
    assert [(entry["log_level"], entry["path"]) for entry in logs] == [("warning", "/")]


def test_a_bug_of_ours_is_a_short_answer_and_a_line_in_the_log_without_secrets() -> None:
    class Mistaken(ShelfInMemory):
        def find(self, path: str) -> Artefact | Redirect | None:
            raise ZeroDivisionError

    with capture_logs() as logs:
        response = (
            an_app(Mistaken(RSS))
            .test_client()
            .get(f"{PATH}?token=hunter2", headers={"Authorization": "Bearer hunter2"})
        )

    assert response.status_code == 500
    assert response.text == "Something went wrong here. It has been noted.\n"
    assert headers_of(response)["Cache-Control"] == "no-store"
    assert [(entry["log_level"], entry["path"]) for entry in logs] == [("error", PATH)]
    assert isinstance(logs[0]["exc_info"], ZeroDivisionError)
    assert "hunter2" not in str(logs)


def test_no_cache_keeps_a_feed_past_the_moment_a_post_appears() -> None:
    shelf = ShelfInMemory()
    shelf.publish(RSS, next_transition=day(1) + timedelta(seconds=90))

    assert "max-age=90," in an_app(shelf).test_client().get(PATH).headers["Cache-Control"]


def test_a_service_that_is_well_says_so(client: FlaskClient) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")
    assert response.headers["Cache-Control"] == "no-store"
    assert json.loads(response.data) == {
        "status": "ok",
        "generation": 1,
        "refreshed": "2024-01-01T12:00:00+00:00",
        "conditions": [],
    }


def test_a_degraded_service_says_why_and_goes_on() -> None:
    shelf = published()
    shelf.standing = (Condition(code="content-missing", message="The content directory is gone.", since=day(2)),)
    client = an_app(shelf).test_client()
    response = client.get("/healthz")

    assert response.status_code == client.get("/readyz").status_code == client.get(PATH).status_code == 200
    assert json.loads(response.data)["status"] == "degraded"
    assert json.loads(response.data)["conditions"] == [
        {"code": "content-missing", "message": "The content directory is gone.", "since": "2024-01-02T12:00:00+00:00"}
    ]


def test_a_short_document_is_sent_as_it_is(client: FlaskClient) -> None:
    response = client.get("/feeds/short.json", headers={"Accept-Encoding": "br, gzip"})

    assert response.data == SHORT.body
    assert headers_of(response)["ETag"] == f'"{SHORT.etag}"'
    assert "Content-Encoding" not in response.headers
    assert response.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", None),
        ("identity", None),
        ("compress", None),
        ("gzip", Coding.GZIP),
        ("GZip", Coding.GZIP),
        ("br,gzip", Coding.BROTLI),
        ("gzip, deflate, br, zstd", Coding.BROTLI),
        ("gzip, zstd", Coding.ZSTANDARD),
        ("gzip;q=1.0, br;q=0.5", Coding.GZIP),
        ("gzip;q=0, br;q=0", None),
        ("*", Coding.BROTLI),
        ("*, br;q=0", Coding.ZSTANDARD),
        ("gzip;q=0.5, *;q=0", Coding.GZIP),
        ("identity;q=0", None),
        ("identity;q=0, gzip;q=0.1", Coding.GZIP),
        ("identity, gzip;q=0.5", None),
        ("identity;q=0.5, gzip;q=0.5", Coding.GZIP),
        ("*;q=0", None),
    ],
)
def test_the_reader_chooses_the_coding_and_we_among_equals(accepted: str, coding: Coding | None) -> None:
    assert negotiate(parse_accept_header(accepted, Accept), SMALLEST) == coding


WEIGHTS = st.sampled_from(["", ";q=0", ";q=0.0", ";q=0.3", ";q=0.7", ";q=1", ";q=2", ";q=-1", ";q=x", "; q = 1", ";"])
NAMES = st.sampled_from(["gzip", "br", "zstd", "identity", "*", "deflate", "GZIP", "x-gzip", "", "\u00e9", '"'])


@given(accepted=st.lists(st.builds(str.__add__, NAMES, WEIGHTS), max_size=6).map(", ".join) | st.text())
def test_no_reader_gets_a_coding_it_did_not_accept(accepted: str) -> None:
    accept = parse_accept_header(accepted, Accept)
    coding = negotiate(accept, 10_000)

    if coding is None:
        assert all(accept.quality(other) <= max(0, accept.quality("identity")) for other in Coding) or not accept
    else:
        assert accept.quality(coding) > 0
        assert accept.quality(coding) == max(accept.quality(other) for other in (*Coding, "identity"))


@given(body=st.binary(max_size=2000), coding=st.sampled_from(Coding))
def test_encoding_loses_nothing_and_is_always_the_same(body: bytes, coding: Coding) -> None:
    assert encode(body, coding) == encode(body, coding)
    assert DECODE[coding](encode(body, coding)) == body


def an_app_for_a_real_server() -> Edge:
    """Build the application that the server below is told to serve."""
    serve = Serve(published(), memory_bytes=1_000_000, clock=lambda: datetime.now(UTC), monotonic=monotonic)
    allowance = Allowance(Terms(), monotonic)
    return Edge(create_app(serve, allowance=allowance), serve, allowance)


@contextmanager
def a_real_server() -> Iterator[int]:
    """Run Granian on a free port of this machine; yield the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = ["-m", "granian", "--interface", "wsgi", "--factory", "--port", str(port), "--no-log"]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    server = subprocess.Popen([sys.executable, *command, "test_web:an_app_for_a_real_server"], env=environment)
    try:
        deadline = monotonic() + 20
        while monotonic() < deadline and server.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            sleep(0.02)
        yield port
    finally:
        server.terminate()
        server.wait(10)


def test_a_real_server_sends_the_same_the_first_time_and_ever_after() -> None:
    with a_real_server() as port:

        def ask(method: str, path: str, *fields: str) -> tuple[list[bytes], bytes]:
            """Return the head of the raw answer, without its date and in any order, and the rest."""
            with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
                head = "\r\n".join([f"{method} {path} HTTP/1.1", "Host: x", "Connection: close", *fields])
                connection.sendall(f"{head}\r\n\r\n".encode())
                said = b"".join(iter(lambda: connection.recv(65536), b""))
            lines, _, body = said.partition(b"\r\n\r\n")
            return sorted(line for line in lines.split(b"\r\n") if not line.lower().startswith(b"date:")), body

        for method, path in product(
            ["GET", "HEAD"], [PATH, "/", "/feeds/short.json", quote("/feeds/category/gärten.atom")]
        ):
            for fields in ([], ["Accept-Encoding: gzip"], [f'If-None-Match: "{RSS.etag}"']):
                first, *others = [ask(method, path, *fields) for _ in range(4)]
                assert all(other == first for other in others)
                assert (not first[1]) == (method == "HEAD" or b"HTTP/1.1 304 Not Modified" in first[0])


def test_a_real_server_sends_what_the_application_says() -> None:
    with a_real_server() as port:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)

        def ask(method: str, path: str, **headers: str) -> tuple[int, list[tuple[str, str]], bytes]:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers=named)
            response = connection.getresponse()
            return response.status, [(name.lower(), value) for name, value in response.getheaders()], response.read()

        status, headers, body = ask("GET", PATH, Accept_Encoding="zstd")
        assert status == 200
        assert DECODE["zstd"](body) == RSS.body
        assert [name for name, _ in headers].count("date") == 1
        assert ("content-length", str(len(body))) in headers

        status, headers, body = ask("HEAD", PATH, Accept_Encoding="zstd")
        assert (status, body) == (200, b"")
        assert ("etag", f'"{RSS.etag}-zstd"') in headers

        status, headers, body = ask("GET", PATH, If_None_Match=f'"{RSS.etag}"', Host="evil.example")
        assert (status, body) == (304, b"")
        assert not {"content-type", "content-encoding", "content-length"} & {name for name, _ in headers}

        assert ask("GET", quote("/feeds/category/gärten.atom"))[0] == 200
        assert ask("OPTIONS", PATH)[0] == 204
        assert ask("POST", PATH)[0] == 405
        assert ("location", ALIAS.target) in ask("GET", "/category/tv/feed/")[1]
        connection.close()
