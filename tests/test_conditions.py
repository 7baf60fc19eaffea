"""Conditions that combine with any, all and none, as an operator writes them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.errors import SettingsError
from feeds.model.feed import Selection
from feeds.settings import load


def read(folder: Path, where: str, timezone: str = "UTC") -> Selection:
    file = folder / "feeds.toml"
    file.write_text(
        f'[site]\ntitle = "x"\nurl = "https://example.org"\ntimezone = "{timezone}"\n[content]\ndirectory = "."\n'
        f'[[feed]]\nname = "x"\nwhere = {where}\n'
    )
    (definition,) = load(file, {}).definitions()
    return definition.selection


def test_conditions_combine_with_any_all_and_none(tmp_path: Path) -> None:
    where = (
        '{ featured = true, any = [{ category = "tv" }, { tag = "x" }], '
        'none = { author = "Bot" }, all = [{ tag = "a" }, { tag = "b", any = { path = "p/" } }] }'
    )

    assert read(tmp_path, where) == Selection(
        featured=True,
        any_of=(Selection(categories=("tv",)), Selection(tags=("x",))),
        none_of=(Selection(authors=("bot",)),),
        all_of=(Selection(tags=("a",)), Selection(tags=("b",), any_of=(Selection(path="p/"),))),
    )


def test_dates_at_any_depth_are_in_the_timezone_of_the_site(tmp_path: Path) -> None:
    where = "{ none = { after = 2026-01-01, before = 2026-02-01 } }"

    (refused,) = read(tmp_path, where, timezone="Asia/Tokyo").none_of

    assert refused.after == datetime(2025, 12, 31, 15, tzinfo=UTC)
    assert refused.before == datetime(2026, 1, 31, 15, tzinfo=UTC)


def test_conditions_inside_conditions_can_be_set_from_the_environment(tmp_path: Path) -> None:
    read(tmp_path, "{ featured = true }")
    environment = {
        "FEEDS_FEED__0__WHERE__ANY": '[{ tag = "x" }, { path = "p/" }]',
        "FEEDS_FEED__0__WHERE__ALL": '{ tag = "y" }',
        "FEEDS_FEED__0__WHERE__NONE__AUTHOR": "Bot, Robot",
    }

    (definition,) = load(tmp_path / "feeds.toml", environment).definitions()

    assert definition.selection == Selection(
        featured=True,
        any_of=(Selection(tags=("x",)), Selection(path="p/")),
        all_of=(Selection(tags=("y",)),),
        none_of=(Selection(authors=("bot", "robot")),),
    )


EMPTY = "holds no condition, and so every post meets it: give it one or take it out"
BETWEEN = "before is not later than after, so that no post is between them: change one of the two"
BESIDE = "it is what the conditions beside it ask for: take one of the two out"


@pytest.mark.parametrize(
    ("where", "problem"),
    [
        ("{ category = [] }", "category is an empty list, in which nothing can be: fill it or take it out"),
        ("{ none = [] }", "none is an empty list, in which nothing can be: fill it or take it out"),
        ("{ any = [{ tag = 'x' }, {}] }", f"any 2: it {EMPTY}"),
        ("{ none = {} }", f"none 1: it {EMPTY}"),
        ("{ after = 2026-01-01, before = 2026-01-01 }", BETWEEN),
        ("{ after = 2026-01-01, before = 2026-01-01T00:00:00Z }", BETWEEN),
        ("{ any = { after = 2026-01-01T00:00:00, before = 2025-01-01 } }", f"any 1: {BETWEEN}"),
        ("{ featured = true, none = { featured = true } }", f"none 1: {BESIDE}"),
        ("{ category = 'a', none = [{ tag = 'x' }, { category = ['a', 'b'] }] }", f"none 2: {BESIDE}"),
        ("{ all = { tag = 'a' }, none = { tag = 'a' } }", f"none 1: {BESIDE}"),
        (
            "{ any = { all = { none = { any = { tag = 'x' } } } } }",
            "any 1: all 1: none 1: any 1: it stands more than 3 tables deep in where: write it with fewer",
        ),
        ("{ any = { tga = 'x' } }", 'any 1: unknown key "tga" (did you mean "tag"?)'),
        ("{ any = 'x' }", 'any 1 must be a table, not "x"'),
        ("{ none = { tag = 5 } }", "none 1: tag must be a list, not 5"),
    ],
)
def test_what_no_post_could_meet_is_refused_with_its_place(tmp_path: Path, where: str, problem: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, where)

    assert refused.value.problems == (f'{tmp_path}/feeds.toml:9: feed "x": where: {problem}',)


@pytest.mark.parametrize(
    "where",
    [
        "{ featured = true, none = { featured = false } }",
        "{ category = ['a', 'b'], none = { category = 'a' } }",
        "{ category = 'a', none = { category = 'a', tag = 'x' } }",
        "{ after = 2026-01-01, before = 2026-01-02 }",
    ],
)
def test_what_some_post_could_meet_is_not(tmp_path: Path, where: str) -> None:
    assert read(tmp_path, where) != Selection()
