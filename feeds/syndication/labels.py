"""What an entry is labelled with, the same in every format."""

from feeds.model.post import Post
from feeds.model.site import Site


def category_labels(post: Post) -> tuple[str, ...]:
    """Return the readable names of the post's categories, then of its tags: each once, whatever its case."""
    once: dict[str, str] = {}
    for term in (*post.categories, *post.tags):
        once.setdefault(term.label.casefold(), term.label)
    return tuple(label for label in once.values() if label)


def language_label(post: Post, site: Site) -> str:
    """Return the language of a post that is not in the site's own, otherwise an empty string."""
    return "" if post.language.lower() == site.language.lower() else post.language
