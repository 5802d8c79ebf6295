"""Who answers for an area or a line, and how to reach them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "units",
        sa.Column("kind", sa.String(4), primary_key=True),
        sa.Column("code", sa.String(80), primary_key=True),
        sa.Column("first", sa.Text, nullable=False),
        sa.Column("direct", sa.Text, nullable=False),
        sa.Column("contact", sa.Text, nullable=False),
        sa.Column("phone", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("units")
