"""Findings for code scanners: SARIF 2.1.0, as far as GitHub reads it."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from feeds.cli.findings.located import Located
from feeds.model.artefact import Condition
from feeds.model.finding import Severity
from feeds.model.rulebook import RULEBOOK, Rule

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}

#: A scanner refuses a run with more results; the errors come first.
MOST = 25_000


def log(found: Sequence[Located], conditions: Sequence[Condition], *, config: str) -> Mapping[str, Any]:
    """Return the log of one check as plain values.

    What is in no file of the author's is placed in ``config``, the path of
    the configuration; scanners need a file for everything.
    """
    rules = sorted({each.finding.code for each in found})
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "feeds",
                        "semanticVersion": version("feeds"),
                        "rules": [_rule(RULEBOOK[code]) for code in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "invocations": [
                    {
                        "executionSuccessful": not conditions,
                        "toolExecutionNotifications": _notifications(len(found), conditions),
                    }
                ],
                "results": [_result(each, rules.index(each.finding.code), config) for each in found[:MOST]],
            }
        ],
    }


def _rule(rule: Rule) -> Mapping[str, Any]:
    plain = rule.meaning.replace("`", "")
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.code.split("-")),
        "shortDescription": {"text": plain},
        "fullDescription": {"text": f"{plain} {rule.advice.replace('`', '')}"},
        "help": {"text": rule.advice.replace("`", ""), "markdown": rule.advice},
        "defaultConfiguration": {"level": _LEVELS[rule.severities[0]]},
        "properties": {"tags": [_tag(rule.code)], "precision": "high"},
    }


def _tag(code: str) -> str:
    kind = code.partition("-")[0]
    return {"config": "configuration", "document": "document"}.get(kind, "content")


def _result(each: Located, rule: int, config: str) -> Mapping[str, Any]:
    finding = each.finding
    about = "" if each.file else f"{finding.path}: "
    fingerprint = sha256("\n".join((finding.code, str(finding.path), finding.message)).encode()).hexdigest()
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{about}{finding.message} {finding.advice}".rstrip()},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(each.file or config), "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": (finding.line or 1) if each.file else 1},
                }
            }
        ],
        "partialFingerprints": {"finding/v1": fingerprint},
    }


def _notifications(found: int, conditions: Sequence[Condition]) -> list[Mapping[str, Any]]:
    told: list[Mapping[str, Any]] = [
        {"level": "error", "descriptor": {"id": condition.code}, "message": {"text": condition.message}}
        for condition in conditions
    ]
    if found > MOST:
        told.append({"level": "warning", "message": {"text": f"{found - MOST} more findings are left out."}})
    return told
