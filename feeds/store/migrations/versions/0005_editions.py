"""The ledger knows what readers were told of each entry, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("identities", sa.Column("link", sa.Text(), nullable=False, server_default=""))
    op.add_column("identities", sa.Column("authored", sa.Boolean(), nullable=False, server_default="0"))
    op.add_column("identities", sa.Column("published", sa.Integer()))
    op.add_column("identities", sa.Column("meaning", sa.Text(), nullable=False, server_default=""))
    op.add_column("identities", sa.Column("stated", sa.Integer()))
    op.add_column("identities", sa.Column("updated", sa.Integer()))
    op.add_column("identities", sa.Column("shown_from", sa.Integer()))
    op.create_index(op.f("ix_identities_updated"), "identities", ["updated"])
    op.drop_index("identities_gone", "identities")
    op.create_index("identities_by_digest", "identities", ["digest"])
    # What readers were told so far, so that reading everything anew tells them nothing else.
    op.execute(
        "UPDATE identities SET"
        " published = (SELECT published FROM posts WHERE posts.id = identities.id),"
        " updated = (SELECT updated FROM posts WHERE posts.id = identities.id),"
        " shown_from = (SELECT visible_from FROM posts WHERE posts.id = identities.id AND hidden = '')"
    )
