"""The daily reports of zones and streets, every version."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "daily_reports",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("area", sa.String(80), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("work", sa.Text, nullable=False),
        sa.Column("problems", sa.Text, nullable=False),
        sa.Column("needs", sa.Text, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("daily_reports_day", "daily_reports", ["day", "area"])


def downgrade() -> None:
    op.drop_table("daily_reports")
