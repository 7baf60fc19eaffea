"""What makes content be read again, and documents be made again."""

from dataclasses import replace

from builders import a_site
from feeds.model.feed import FeedDefinition
from workbench import a_publication


def test_other_rules_of_reading_mean_that_every_post_is_read_again() -> None:
    before = a_publication()

    for after in (
        replace(before, site=a_site(url="https://moved.example.org")),
        replace(before, generator="jigsaw"),
        replace(before, permalink="/p/{slug}"),
        replace(before, date_formats=("%d.%m.%Y",)),
    ):
        assert after.interpretation != before.interpretation
        assert after.presentation != before.presentation


def test_other_feeds_mean_other_documents_of_the_same_posts() -> None:
    before = a_publication()
    after = replace(before, definitions=(FeedDefinition(name="only"),))

    assert after.interpretation == before.interpretation
    assert after.presentation != before.presentation


def test_equal_publications_are_told_to_be_the_same() -> None:
    assert a_publication().presentation == a_publication().presentation
