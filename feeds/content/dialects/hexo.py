"""Hexo."""

from dataclasses import replace

from feeds.content.dialects.plain import PLAIN

HEXO = replace(PLAIN, name="hexo")
