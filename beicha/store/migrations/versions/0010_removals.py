"""What was withdrawn and erased, by whom, and why; what waits to be erased."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "removals",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("submission", sa.Integer, sa.ForeignKey("submissions.seq"), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("asked_by", sa.Text, nullable=False),
        sa.Column("asked_at", sa.DateTime, nullable=False),
        sa.Column("done_by", sa.Text),
        sa.Column("done_at", sa.DateTime),
        sa.Column("dropped_by", sa.Text),
        sa.Column("dropped_at", sa.DateTime),
        sa.Column("digests", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("removals_submission", "removals", ["submission"])


def downgrade() -> None:
    op.drop_table("removals")
