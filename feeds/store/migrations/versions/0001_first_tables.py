"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "bodies",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("excerpt", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(op.f("ix_bodies_path"), "bodies", ["path"], unique=False)
    op.create_table(
        "category_pages",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("path"),
    )
    op.create_table(
        "conditions",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "documents",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "findings",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(op.f("ix_findings_path"), "findings", ["path"], unique=False)
    op.create_table(
        "generations",
        sa.Column("only", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Integer(), nullable=False),
        sa.Column("refreshed", sa.Integer(), nullable=False),
        sa.Column("next_transition", sa.Integer(), nullable=True),
        sa.Column("interpretation", sa.Text(), nullable=False),
        sa.Column("presentation", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("only"),
    )
    op.create_table(
        "identities",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("body_digest", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("identities_gone", "identities", ["digest"], unique=False, sqlite_where=sa.text("gone IS 1"))
    op.create_index(
        "identities_gone_by_body", "identities", ["body_digest"], unique=False, sqlite_where=sa.text("gone IS 1")
    )
    op.create_index(op.f("ix_identities_path"), "identities", ["path"], unique=False)
    op.create_table(
        "posts",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("published", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("visible_from", sa.Integer(), nullable=False),
        sa.Column("visible_until", sa.Integer(), nullable=True),
        sa.Column("hidden", sa.Text(), nullable=False),
        sa.Column("featured", sa.Boolean(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("path"),
    )
    op.create_index(op.f("ix_posts_published"), "posts", ["published"], unique=False)
    op.create_index(op.f("ix_posts_visible_from"), "posts", ["visible_from"], unique=False)
    op.create_index("posts_featured", "posts", ["published"], unique=False, sqlite_where=sa.text("featured IS 1"))
    op.create_index(
        "posts_that_expire", "posts", ["visible_until"], unique=False, sqlite_where=sa.text("visible_until IS NOT NULL")
    )
    op.create_table(
        "published_feeds",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("listing", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "redirects",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("path"),
    )
    op.create_table(
        "runs",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("started", sa.Integer(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "sources",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("mtime_ns", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("path"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "sources_in_trouble",
        "sources",
        ["role"],
        unique=False,
        sqlite_where=sa.text("role IN ('waiting', 'duplicate')"),
    )
    op.create_table("stale_feeds", sa.Column("name", sa.Text(), nullable=False), sa.PrimaryKeyConstraint("name"))
    op.create_table(
        "artefacts",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Integer(), nullable=False),
        sa.Column("self_url", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"],
            ["documents.digest"],
        ),
        sa.PrimaryKeyConstraint("path"),
    )
    op.create_index(op.f("ix_artefacts_digest"), "artefacts", ["digest"], unique=False)
    op.create_index(op.f("ix_artefacts_feed"), "artefacts", ["feed"], unique=False)
    op.create_table(
        "terms",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("published", sa.Integer(), nullable=False),
        sa.Column("post", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["post"], ["posts.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("kind", "slug", "published", "post"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_terms_post"), "terms", ["post"], unique=False)
