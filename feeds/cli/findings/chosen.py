"""Which findings are asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import click

from feeds.cli.findings.located import Located
from feeds.model.rulebook import RULEBOOK
from feeds.settings import did_you_mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is looked for: all codes or only some, in all files or only some.

    Of the configuration everything is looked for, whatever the files.
    """

    only: frozenset[str]
    ignore: frozenset[str]
    files: frozenset[str]

    def of(self, located: Iterable[Located]) -> list[Located]:
        """Return those that are asked for: errors first, then warnings, then notes, each by place."""
        wanted = [each for each in located if self._is_wanted(each)]
        return sorted(wanted, key=lambda each: _RANK[each.finding.severity.value])

    def _is_wanted(self, located: Located) -> bool:
        code = located.finding.code
        if code in self.ignore or (self.only and code not in self.only):
            return False
        return not self.files or code.startswith("config-") or located.file in self.files


_RANK = {"error": 0, "warning": 1, "info": 2}


def codes(_context: click.Context, option: click.Parameter, given: Sequence[str]) -> frozenset[str]:
    """Read an option that names codes, one or several with commas, as often as it is given.

    Raises `click.BadParameter` for a code that is none.
    """
    named = [code.strip() for text in given for code in text.split(",") if code.strip()]
    for code in named:
        if code not in RULEBOOK:
            message = f'"{code}" is no code of a finding{did_you_mean(code, RULEBOOK)}.'
            raise click.BadParameter(message, param=option)
    return frozenset(named)
