import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest
from pydantic_core import PydanticUndefined

from feeds.cli import main
from feeds.model.finding import Severity
from feeds.model.rulebook import CONFIGURATION, CONTENT, DOCUMENTS, RULEBOOK
from feeds.settings.tables import (
    CheckTable,
    ContentTable,
    DefaultsTable,
    Document,
    FeedTable,
    PodcastTable,
    SchedulerTable,
    ServerTable,
    SiteTable,
    StateTable,
    Table,
    WhereTable,
)

PROJECT = Path(__file__).parents[1]
PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]

#: Heading in docs/config.md → the table of the configuration that it describes.
SECTIONS: Mapping[str, type[Table]] = {
    "[site]": SiteTable,
    "[content]": ContentTable,
    "[defaults]": DefaultsTable,
    "[[feed]]": FeedTable,
    "[feed.podcast]": PodcastTable,
    "[feed.where]": WhereTable,
    "[state]": StateTable,
    "[server]": ServerTable,
    "[scheduler]": SchedulerTable,
    "[check]": CheckTable,
}

#: What notes a finding → how severe the finding is.
NOTING = {"warn": "warning", "inform": "info", "refuse": "error"} | {"faulty": "error", "doubtful": "warning"}
NOTING |= {"doubt": "warning", "hint": "info"}

#: Heading in docs/findings.md → the rules that it describes.
RULES = {"Codes": CONTENT, "Codes of the configuration": CONFIGURATION, "Codes of documents": DOCUMENTS}


def section(page: Path, heading: str) -> str:
    """The text below a heading of the second level, up to the next one."""
    _, found, behind = page.read_text().partition(f"\n## {heading}\n")
    assert found, f"{page.name} has no section {heading}"
    return behind.partition("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    """The first table in ``text``, without its heading."""
    table = re.search(r"^\|.*\n\|[-|]+\|\n((?:\|.*\n)+)", text, re.MULTILINE)
    assert table
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in table[1].splitlines()]


def quoted(cell: str) -> str:
    return cell.strip("`")


# The configuration


def test_every_table_of_the_configuration_has_a_section() -> None:
    tables = {name for name, field in Document.model_fields.items() if name != "feed"} | {
        "feed",
        "feed.where",
        "feed.podcast",
    }

    assert {heading.strip("[]") for heading in SECTIONS} == tables


@pytest.mark.parametrize("heading", SECTIONS)
def test_every_key_of_a_table_stands_in_its_section_in_the_order_of_the_model(heading: str) -> None:
    described = [quoted(row[0]) for row in rows(section(PROJECT / "docs/config.md", heading))]

    assert described == list(SECTIONS[heading].model_fields)


@pytest.mark.parametrize("heading", SECTIONS)
def test_the_default_that_is_told_of_a_key_is_the_one_it_has(heading: str) -> None:
    told = {quoted(row[0]): row[2] for row in rows(section(PROJECT / "docs/config.md", heading))}

    for key, field in SECTIONS[heading].model_fields.items():
        if field.default is PydanticUndefined:
            assert told[key] == "required"
        elif field.default and not isinstance(field.default, Table):
            assert told[key] == f"`{json.dumps(field.default, default=str)}`", key
        else:
            assert told[key] != "required", key


# The findings


class Module:
    """The calls in one file of source, and what the texts in them may be."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.tree = ast.parse(file.read_text())
        self.functions = {node.name: node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)}

    def calls(self) -> Iterator[tuple[ast.Call, ast.AST]]:
        """Every call, with the function that it stands in, or the module."""
        inside = {id(call): function for function in self.functions.values() for call in ast.walk(function)}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node, inside.get(id(node), self.tree)

    def texts(self, value: ast.expr, scope: ast.AST) -> set[str]:
        """Everything that ``value`` may be; nothing for what is only handed on."""
        match value:
            case ast.Constant(value=str(text)):
                return {text}
            case ast.IfExp(body=one, orelse=other):
                return self.texts(one, scope) | self.texts(other, scope)
            case ast.Call(func=ast.Name(id=name)):
                function = self.functions[name]
                returns = [node.value for node in ast.walk(function) if isinstance(node, ast.Return) and node.value]
                return set().union(*(self.texts(returned, function) for returned in returns))
            case ast.Name(id=name):
                return self._named(name, scope)
            case ast.Attribute(attr="code"):
                return set()
        raise AssertionError(f"{self.file}:{value.lineno}: which code is this: {ast.unparse(value)}?")

    def _named(self, name: str, scope: ast.AST) -> set[str]:
        if isinstance(scope, ast.FunctionDef) and name in {argument.arg for argument in scope.args.args}:
            return set()
        places = [scope, self.tree]
        assigned = (node for place in places for node in ast.walk(place) if isinstance(node, ast.Assign))
        for node in assigned:
            target = node.targets[0]
            if isinstance(target, ast.Name) and target.id == name:
                return self.texts(node.value, scope)
            if isinstance(target, ast.Tuple) and name in (names := [ast.unparse(part) for part in target.elts]):
                return set().union(*(self.texts(e, scope) for e in _elements(node.value, names.index(name))))
        raise AssertionError(f"{self.file}: where does {name} come from?")


def _elements(value: ast.expr, place: int) -> Iterator[ast.expr]:
    """The part at ``place`` of each tuple that ``value`` may be."""
    if isinstance(value, ast.IfExp):
        yield from _elements(value.body, place)
        yield from _elements(value.orelse, place)
    elif isinstance(value, ast.Tuple):
        yield value.elts[place]


def name_of(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""


@cache
def modules() -> list[Module]:
    return [Module(file) for file in sorted((PROJECT / "feeds").rglob("*.py"))]


def severities_in_the_source() -> dict[str, set[str]]:
    """Each code that a finding may have, and how severe it may be."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for module in modules():
        for call, scope in module.calls():
            name = name_of(call.func)
            words = {word.arg: word.value for word in call.keywords}
            if name == "Finding":
                for code in module.texts(words["code"], scope):
                    found[code].add(Severity[name_of(words["severity"])].value)
            elif name == "breach":
                for code in module.texts(call.args[0], scope):
                    found[code].add(RULEBOOK[code].severities[0].value)
            elif name in NOTING:
                for code in module.texts(call.args[0], scope):
                    found[code].add(NOTING[name])
    return dict(found)


def conditions_in_the_source() -> set[str]:
    found: set[str] = set()
    for module in modules():
        for call, scope in module.calls():
            if name_of(call.func) == "Condition":
                found |= module.texts(next(word.value for word in call.keywords if word.arg == "code"), scope)
            elif name_of(call.func) == "begins":
                found |= module.texts(call.args[0], scope)
    return found


def findings_described() -> list[list[str]]:
    return [row for heading in RULES for row in rows(section(PROJECT / "docs/findings.md", heading))]


def test_every_code_of_a_finding_is_described_and_no_other() -> None:
    codes = {quoted(row[0]) for row in findings_described()}

    assert codes == severities_in_the_source().keys()


def test_the_severity_that_is_told_of_a_code_is_the_one_it_has() -> None:
    told = {quoted(row[0]): set(row[1].split(", ")) for row in findings_described()}

    assert told == severities_in_the_source()


@pytest.mark.parametrize("heading", RULES)
def test_the_page_says_of_each_code_what_code_scanners_are_told(heading: str) -> None:
    told = [
        [f"`{rule.code}`", ", ".join(sorted(rule.severities)), rule.meaning, rule.advice] for rule in RULES[heading]
    ]

    described = rows(section(PROJECT / "docs/findings.md", heading))
    assert [[code, ", ".join(sorted(severity.split(", "))), *texts] for code, severity, *texts in described] == told


def test_every_rule_is_broken_somewhere_and_what_is_broken_is_a_rule() -> None:
    assert {code: {*rule.severities} for code, rule in RULEBOOK.items()} == severities_in_the_source()


def test_every_condition_of_the_service_is_described_and_no_other() -> None:
    codes = {quoted(row[0]) for row in rows(section(PROJECT / "docs/findings.md", "Conditions"))}

    assert codes == conditions_in_the_source()


@pytest.mark.parametrize("heading", [*RULES, "Conditions"])
def test_codes_stand_in_the_order_of_the_alphabet_each_once(heading: str) -> None:
    codes = [quoted(row[0]) for row in rows(section(PROJECT / "docs/findings.md", heading))]

    assert codes == sorted(set(codes))


def test_every_code_that_the_guide_for_authors_names_is_described() -> None:
    # Codes stand in brackets without quotes; `[site]` and its like are tables of the configuration.
    prose = re.sub(r"`[^`]*`", "", (PROJECT / "docs/content.md").read_text())
    named = {code for codes in re.findall(r"\[([a-z, \n-]+)\](?!\()", prose) for code in re.split(r",\s+", codes)}

    assert len(named) > len(CONTENT) / 2
    assert named <= {quoted(row[0]) for row in findings_described()}


# What the pages point to


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_relative_link_of_a_page_leads_to_a_file(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(), flags=re.DOTALL)
    targets = [target for target in re.findall(r"\]\(([^)\s#]+)[^)]*\)", text) if "://" not in target]

    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_commands_that_the_readme_lists_are_those_there_are() -> None:
    listed = [quoted(row[0]).split()[1] for row in rows(section(PROJECT / "README.md", "Commands"))]

    assert isinstance(main, click.Group)
    assert listed == main.list_commands(click.Context(main))


def test_the_options_that_the_readme_names_are_options_of_their_commands() -> None:
    assert isinstance(main, click.Group)
    context = click.Context(main)
    for named, does, *_ in rows(section(PROJECT / "README.md", "Commands")):
        command: Any = main.get_command(context, quoted(named).split()[1])
        options = {option for parameter in command.params for option in parameter.opts}
        assert set(re.findall(r"--[a-z]+", named + does)) <= options
