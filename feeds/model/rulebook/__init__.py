"""Every rule that content, configuration and documents are judged by; docs/findings.md shows the same."""

from collections.abc import Mapping
from types import MappingProxyType

from feeds.model.rulebook.configuration import CONFIGURATION
from feeds.model.rulebook.content import CONTENT
from feeds.model.rulebook.documents import DOCUMENTS
from feeds.model.rulebook.rule import Rule

__all__ = ["CONFIGURATION", "CONTENT", "DOCUMENTS", "RULEBOOK", "Rule"]

#: Every rule by its code.
RULEBOOK: Mapping[str, Rule] = MappingProxyType({rule.code: rule for rule in (*CONTENT, *CONFIGURATION, *DOCUMENTS)})
