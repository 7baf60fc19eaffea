from hypothesis import given
from hypothesis import strategies as st

from builders import a_term
from feeds.content.misspelt import distance
from feeds.syndication.spelling import near_names


def near(uses: dict[str, int]) -> list[tuple[str, str]]:
    terms = {a_term(label): posts for label, posts in uses.items()}
    return [(rare.label, frequent.label) for rare, frequent in near_names(terms)]


def test_a_rare_name_that_is_almost_a_frequent_one_is_found() -> None:
    assert near({"Gardens": 9, "Gardnes": 1, "Garden": 2, "Gradens": 1, "Hardens": 1}) == [
        ("Garden", "Gardens"),
        ("Gardnes", "Gardens"),
        ("Gradens", "Gardens"),
        ("Hardens", "Gardens"),
    ]


def test_names_that_are_frequent_short_or_numbered_are_left_alone() -> None:
    assert near({"Gardens": 9, "Garden": 4}) == []
    assert near({"tea": 9, "sea": 1}) == []
    assert near({"year-2023": 9, "year-2024": 1}) == []
    assert near({"Gardens": 9, "Kitchen": 1}) == []


def test_names_of_two_kinds_are_never_one() -> None:
    assert [*near_names({a_term("Gardens"): 9, a_term("Garden", "tag"): 1})] == []


@given(st.text("abc", min_size=5, max_size=8), st.text("abc", min_size=5, max_size=8))
def test_just_the_names_at_a_distance_of_one_are_near(rare: str, frequent: str) -> None:
    uses = {a_term(frequent): 9} | {a_term(rare): 1}

    found = [*near_names(uses)] if rare != frequent else []

    if 0 < distance(rare, frequent) <= 1:
        assert found == [(a_term(rare), a_term(frequent))]
    elif rare != frequent:
        # One letter taken from each may leave the same: a letter that moved further.
        assert not found or distance(rare, frequent) == 2
