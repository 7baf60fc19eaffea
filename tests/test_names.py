"""One name for each term, whatever its spellings."""

from builders import a_term
from feeds.model.post import Term
from feeds.syndication.names import Spelling, name_terms


def test_the_most_frequent_spelling_names_the_term() -> None:
    spellings = [
        Spelling(term=Term(kind="category", slug="tv", label="tv"), posts=2, path="a.md"),
        Spelling(term=Term(kind="category", slug="tv", label="TV"), posts=5, path="b.md"),
        Spelling(term=a_term("World"), posts=1, path="c.md"),
    ]

    terms, findings = name_terms(spellings)

    assert [term.label for term in terms] == ["TV", "World"]
    assert findings == ()


def test_two_different_names_with_one_slug_are_reported_with_both_and_a_file_of_each() -> None:
    spellings = [
        Spelling(term=Term(kind="tag", slug="c", label="C++"), posts=1, path="plus.md"),
        Spelling(term=Term(kind="tag", slug="c", label="C#"), posts=2, path="sharp.md"),
    ]

    terms, (mention,) = name_terms(spellings)

    finding = mention.finding
    assert mention.meaning == "tags"
    assert [term.label for term in terms] == ["C#"]
    assert finding.code == "slug-shared"
    assert '"C#"' in finding.message
    assert '"C++"' in finding.message
    assert str(finding.path) == "plus.md"
    assert "sharp.md" in finding.message


def test_of_three_names_with_one_slug_the_two_rarer_are_reported() -> None:
    spellings = [
        Spelling(term=Term(kind="tag", slug="c", label=label), posts=count, path=f"{count}.md")
        for label, count in (("C++", 1), ("C", 9), ("C#", 3), ("c", 4))
    ]

    terms, mentions = name_terms(spellings)

    assert [term.label for term in terms] == ["C"]
    assert [str(mention.finding.path) for mention in mentions] == ["3.md", "1.md"]
