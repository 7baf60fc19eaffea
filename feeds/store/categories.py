"""What the site itself says of its categories."""

from sqlalchemy import Connection, delete, insert, select

from feeds.model.feed import CategoryPage
from feeds.store.schema import category_pages


def all_pages(connection: Connection) -> dict[str, CategoryPage]:
    """Return the page of each category by its slug; of two for one slug, the one whose path sorts last."""
    rows = connection.execute(select(category_pages).order_by(category_pages.c.path))
    return {row.slug: CategoryPage(slug=row.slug, title=row.title, description=row.description) for row in rows}


def save(connection: Connection, path: str, page: CategoryPage) -> None:
    """Remember the page that the file at ``path`` holds."""
    remove(connection, path)
    row = {"path": path, "slug": page.slug, "title": page.title, "description": page.description}
    connection.execute(insert(category_pages), row)


def remove(connection: Connection, path: str) -> None:
    """Forget the page that the file at ``path`` held."""
    connection.execute(delete(category_pages).where(category_pages.c.path == path))
