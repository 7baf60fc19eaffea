"""Jekyll."""

from dataclasses import replace

from feeds.content.dialects.plain import PLAIN

JEKYLL = replace(PLAIN, name="jekyll")
