"""From what the operator defined to the feeds there are."""

from builders import a_post, a_site, a_term, day
from feeds.model.feed import CategoryPage, FeedDefinition, Format, Selection
from feeds.model.post import Author
from feeds.syndication.derive import Known, affected, derive

TV, WORLD = a_term("TV"), a_term("World")
NEW = Known(now=day(1))
EACH = FeedDefinition(name="category/{category}", for_each="category")


def test_there_is_one_feed_for_each_category() -> None:
    feeds = derive([FeedDefinition(name="all"), EACH], a_site(), [TV, WORLD], {}, NEW)

    assert [feed.name for feed in feeds] == ["all", "category/tv", "category/world"]
    assert feeds[1].selection == Selection(categories=("tv",))


def test_the_feed_of_everything_bears_the_name_of_the_site() -> None:
    (feed,) = derive([FeedDefinition(name="all")], a_site(), [], {}, NEW)

    assert (feed.title, feed.description) == ("The Example", "Notes from a small place.")


def test_a_feed_of_some_posts_says_which_in_its_title() -> None:
    featured = FeedDefinition(name="featured", selection=Selection(featured=True))

    (feed,) = derive([featured], a_site(), [], {}, NEW)

    assert feed.title == "The Example: featured"


def test_a_category_is_titled_and_described_by_the_page_the_site_has_for_it() -> None:
    page = CategoryPage(slug="tv", title="TV & Showbiz", description="Who was on.")

    feeds = derive([EACH], a_site(), [TV, WORLD], {"tv": page}, NEW)

    assert [(feed.title, feed.description) for feed in feeds] == [
        ("TV & Showbiz", "Who was on."),
        ("The Example: World", "World, from The Example"),
    ]


def test_a_category_with_a_page_has_a_feed_even_while_no_post_is_in_it() -> None:
    page = CategoryPage(slug="usa", title="USA", description="")

    feeds = derive([EACH, FeedDefinition(name="{tag}", for_each="tag")], a_site(), [TV], {"usa": page}, NEW)

    assert [(feed.name, feed.title) for feed in feeds] == [("category/tv", "The Example: TV"), ("category/usa", "USA")]


def test_the_operators_words_win_and_their_placeholders_are_filled_in() -> None:
    definition = FeedDefinition(
        name="{tag}",
        title="{tag} at {site}",
        description="All about {tag}.",
        for_each="tag",
        aliases=("/tag/{tag}/feed/",),
        formats=(Format.ATOM,),
    )

    (feed,) = derive([definition], a_site(), [a_term("Two Words", "tag")], {}, NEW)

    assert (feed.name, feed.title, feed.description) == (
        "two-words",
        "Two Words at The Example",
        "All about Two Words.",
    )
    assert (feed.aliases, feed.formats) == (("/tag/two-words/feed/",), (Format.ATOM,))


def test_a_pattern_that_selects_some_terms_makes_feeds_of_those_only() -> None:
    definition = FeedDefinition(
        name="category/{category}", for_each="category", selection=Selection(categories=("world",))
    )

    assert [feed.name for feed in derive([definition], a_site(), [TV, WORLD], {}, NEW)] == ["category/world"]


def test_each_kind_of_term_narrows_the_selection_of_its_own_kind() -> None:
    terms = [a_term("Ada", "author"), a_term("en", "language"), a_term("x", "tag")]
    definitions = [FeedDefinition(name=f"{kind}/{{{kind}}}", for_each=kind) for kind in ("author", "language", "tag")]

    selections = [feed.selection for feed in derive(definitions, a_site(), terms, {}, NEW)]

    assert selections == [Selection(authors=("ada",)), Selection(languages=("en",)), Selection(tags=("x",))]


def test_the_earlier_of_two_definitions_of_one_name_has_it() -> None:
    mine = FeedDefinition(name="category/tv", title="Mine", selection=Selection(featured=True))

    feeds = derive([mine, EACH], a_site(), [TV], {}, NEW)

    assert [(feed.name, feed.title) for feed in feeds] == [("category/tv", "Mine")]


def test_a_post_affects_the_feeds_that_may_show_it_and_no_others() -> None:
    definitions = [
        FeedDefinition(name="all"),
        FeedDefinition(name="featured", selection=Selection(featured=True)),
        EACH,
        FeedDefinition(name="author/{author}", for_each="author"),
    ]
    post = a_post(categories=(TV, WORLD), authors=(Author(name="Ada", slug="ada"),))

    assert affected(definitions, [post]) == {"all", "category/tv", "category/world", "author/ada"}
