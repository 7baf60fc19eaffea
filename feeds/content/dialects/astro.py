"""Astro."""

from dataclasses import replace

from feeds.content.dialects.plain import PLAIN

ASTRO = replace(PLAIN, name="astro")
