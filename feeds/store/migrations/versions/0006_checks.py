"""What all content was judged by, and findings by the stage that found them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "judgements",
        sa.Column("only", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("only"),
    )
    op.create_index(op.f("ix_findings_stage"), "findings", ["stage"], unique=False)
