"""What figures were measured on."""

import os
import platform
from importlib.metadata import version

_PACKAGES = ("feedgen", "flask", "granian", "bleach", "nh3", "markdown-it-py", "sqlalchemy")


def machine() -> str:
    """Return the machine, the interpreter and the packages that count, in one line."""
    versions = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores, {platform.machine()}, Python {platform.python_version()}, {versions}"
