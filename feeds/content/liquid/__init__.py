"""Liquid, the template language of Jekyll and others, as far as posts use it; nothing is ever executed but this.

The one door: a `Template` says what a site's marks mean, `fill` gives the text
without any.
"""

from feeds.content.liquid.fill import Template, fill
from feeds.content.liquid.marks import Mark
from feeds.content.liquid.times import time_filters, written_out
from feeds.content.liquid.values import named

__all__ = ["Mark", "Template", "fill", "named", "time_filters", "written_out"]
