"""Zola."""

from dataclasses import replace

from feeds.content.dialects.plain import PLAIN

ZOLA = replace(PLAIN, name="zola")
