"""The archives of feeds."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("stale_feeds", sa.Column("since", sa.Integer(), nullable=True))
    op.create_table(
        "archives",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_published", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Text(), nullable=False),
        sa.Column("last_published", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Text(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Text(), nullable=False),
        sa.Column("expires", sa.Integer(), nullable=True),
        sa.Column("modified", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("feed", "number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "archived_feeds",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("presentation", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "premises",
        sa.Column("only", sa.Integer(), nullable=False),
        sa.Column("premises", sa.Text(), nullable=False),
        sa.Column("composing", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("only"),
    )
    op.create_table(
        "archive_documents",
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("last_modified", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("made"),
        sa.UniqueConstraint("feed", "number", "format"),
    )
