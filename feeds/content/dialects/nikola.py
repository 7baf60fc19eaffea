"""Nikola."""

from dataclasses import replace

from feeds.content.dialects.plain import PLAIN

NIKOLA = replace(PLAIN, name="nikola")
