"""One name for each term, whatever its spellings."""

from builders import a_term
from feeds.model.post import Term
from feeds.syndication.names import name_terms
from workbench import Workbench


def test_the_most_frequent_spelling_names_the_term() -> None:
    spellings = [
        (Term(kind="category", slug="tv", label="tv"), 2),
        (Term(kind="category", slug="tv", label="TV"), 5),
        (a_term("World"), 1),
    ]

    terms, clashes = name_terms(spellings)

    assert [term.label for term in terms] == ["TV", "World"]
    assert clashes == ()


def test_of_three_names_with_one_slug_the_two_rarer_are_reported() -> None:
    spellings = [
        (Term(kind="tag", slug="c", label=label), count) for label, count in (("C++", 1), ("C", 9), ("C#", 3), ("c", 4))
    ]

    terms, clashes = name_terms(spellings)

    assert [term.label for term in terms] == ["C"]
    assert [(clash.used.label, clash.other.label) for clash in clashes] == [("C", "C#"), ("C", "C++")]


def test_two_different_names_with_one_slug_are_reported_with_both_and_a_file_of_each(bench: Workbench) -> None:
    bench.post("plus", categories="C++")
    bench.post("sharp", categories="C#")
    bench.post("sharper", categories="C#", date="2026-01-01")
    bench.refresh()

    (finding,) = (finding for finding in bench.findings() if finding.code == "slug-shared")
    assert str(finding.path) == "plus.md"
    assert finding.line > 1
    assert '"C++" here and "C#" in sharp.md are different names of a category' in finding.message
