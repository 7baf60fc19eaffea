"""Hugo."""

from dataclasses import replace

from feeds.content.dialects.plain import PLAIN

HUGO = replace(PLAIN, name="hugo")
