"""Docusaurus."""

from dataclasses import replace

from feeds.content.dialects.plain import PLAIN

DOCUSAURUS = replace(PLAIN, name="docusaurus")
