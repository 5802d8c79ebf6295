"""What was decided about a community's month: passed, returned, made final, opened again."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reviews",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("community", sa.String(80), nullable=False),
        sa.Column("period", sa.String(7), nullable=False),
        sa.Column("verb", sa.String(10), nullable=False),
        sa.Column("submission", sa.Integer, sa.ForeignKey("submissions.seq")),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("items", sa.Text, nullable=False),
        sa.Column("score", sa.Float),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("reviews_month", "reviews", ["period", "community", "seq"])


def downgrade() -> None:
    op.drop_table("reviews")
