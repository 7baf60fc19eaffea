"""Pelican."""

from dataclasses import replace

from feeds.content.dialects.plain import PLAIN

PELICAN = replace(PLAIN, name="pelican")
