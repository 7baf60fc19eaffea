"""Which posts come with files, and bodies as their authors wrote them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("posts", sa.Column("enclosed", sa.Text(), nullable=False, server_default=""))
    op.create_index("posts_enclosing", "posts", ["enclosed", "published"], sqlite_where=sa.text("enclosed <> ''"))
    op.add_column("bodies", sa.Column("markdown", sa.Text()))
