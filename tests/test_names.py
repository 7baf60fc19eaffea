"""One name for each term, whatever its spellings."""

from builders import a_term
from feeds.model.post import Term
from feeds.syndication.names import Spelling, name_terms


def test_the_most_frequent_spelling_names_the_term() -> None:
    spellings = [
        Spelling(term=Term(kind="category", slug="tv", label="tv"), posts=2),
        Spelling(term=Term(kind="category", slug="tv", label="TV"), posts=5),
        Spelling(term=a_term("World"), posts=1),
    ]

    terms, findings = name_terms(spellings)

    assert [term.label for term in terms] == ["TV", "World"]
    assert findings == ()


def test_two_different_names_with_one_slug_are_reported_with_both() -> None:
    spellings = [
        Spelling(term=Term(kind="tag", slug="c", label="C++"), posts=2),
        Spelling(term=Term(kind="tag", slug="c", label="C#"), posts=2),
    ]

    terms, (finding,) = name_terms(spellings)

    assert [term.label for term in terms] == ["C#"]
    assert finding.code == "slug-shared"
    assert '"C#"' in finding.message
    assert '"C++"' in finding.message
