"""Posts are counted as they come and go, and those that nobody sees are found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "tallies",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "slug", "label"),
        sqlite_with_rowid=False,
    )
    op.create_index("posts_hidden", "posts", ["number"], sqlite_where=sa.text("hidden <> ''"))
    op.execute("INSERT INTO tallies SELECT '', '', '', count(*) FROM posts")
    op.execute("INSERT INTO tallies SELECT kind, slug, label, count(*) FROM terms GROUP BY kind, slug, label")
