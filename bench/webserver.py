"""A web server to compare with, in a process of its own.

python -m bench.webserver KIND FOLDER PORT WORKERS

KIND is ``edge`` (the application of ``feeds serve``, without its engine),
``plain`` (the same without the fast path) or ``dictionary`` (answers looked up
in a dictionary: what there is in the folder FOLDER/answers, and nothing else).
The server is set up as that of ``feeds serve`` is.
"""

import json
import multiprocessing
import os
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from granian.server.mp import MPServer

from feeds.cli.serve import MEMORY, server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def main() -> None:
    """Serve until told to end."""
    kind, folder, port, workers = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    for name, value in MEMORY.items():
        os.environ.setdefault(name, value)
    multiprocessing.set_start_method("spawn")
    serving: MPServer = server("127.0.0.1", port, workers)
    serving.serve(target_loader=partial(_load, kind=kind, folder=folder))


def _load(_target: str, *, kind: str, folder: Path) -> "WSGIApplication":
    if kind == "dictionary":
        return _dictionary(folder / "answers")
    from feeds.bootstrap.serving import application

    app = application(folder / "state", 256, 16, folder / "feeds.toml")
    if kind == "plain":
        del app.wsgi_app  # What was put before it: the method of its class is left.
    return app


def _dictionary(folder: Path) -> "WSGIApplication":
    whole: dict[str, tuple[list[tuple[str, str]], bytes]] = {}
    known: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for file in folder.glob("*.json"):
        said = json.loads(file.read_text())
        whole[said["path"]] = [*map(tuple, said["whole"])], file.with_suffix(".gz").read_bytes()
        known[said["path"], said["etag"]] = [*map(tuple, said["known"])]

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        headers = known.get((path, environ.get("HTTP_IF_NONE_MATCH", "")))
        if headers:
            start_response("304 NOT MODIFIED", headers)
            return []
        headers, body = whole[path]
        start_response("200 OK", headers)
        return [body]

    return answer


if __name__ == "__main__":
    main()
