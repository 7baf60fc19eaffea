"""Combinations of terms, feeds that ended, posts that are gone."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "combinations",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.Column("expression", sa.Text(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_index(op.f("ix_combinations_asked"), "combinations", ["asked"], unique=False)
    op.create_table(
        "past_paths",
        sa.Column("path", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("path"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "retirements",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("feed"),
    )
    op.create_table(
        "tombstones",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("gone_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("feed", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("tombstones_id", "tombstones", ["id"], unique=False)
