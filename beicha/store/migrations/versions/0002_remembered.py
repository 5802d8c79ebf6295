"""What people confirmed about the words in their files: headings of a ledger, names of communities."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "remembered",
        sa.Column("unit", sa.String(80), primary_key=True),
        sa.Column("kind", sa.String(10), primary_key=True),
        sa.Column("ledger", sa.String(80), primary_key=True),
        sa.Column("said", sa.String(120), primary_key=True),
        sa.Column("meant", sa.String(80), nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("remembered")
