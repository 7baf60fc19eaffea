"""The WSGI application for any server: ``gunicorn wsgi:application``.

It serves what a refresh published (``feeds serve`` or ``feeds refresh`` on the
same state); the configuration is the file named by ``FEEDS_CONFIG``, by
default ``config/feeds.toml`` beside this file.
"""

import os
from pathlib import Path

from feeds.bootstrap.serving import application as make_application
from feeds.settings import load

_settings = load(Path(os.environ.get("FEEDS_CONFIG", Path(__file__).parent / "config" / "feeds.toml")), os.environ)

application = make_application(
    _settings.state.directory,
    _settings.server.memory_mb,
    _settings.server.archive_mb,
    _settings.file,
    terms=_settings.terms,
)
