"""Eleventy."""

from dataclasses import replace

from feeds.content.dialects.plain import PLAIN

ELEVENTY = replace(PLAIN, name="eleventy")
