"""Draws of communities and points for spot checks, kept with their seed."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spot_draws",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("period", sa.String(7), nullable=False),
        sa.Column("seed", sa.String(80), nullable=False),
        sa.Column("wish", sa.Text, nullable=False),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("spot_draws_month", "spot_draws", ["period", "id"])


def downgrade() -> None:
    op.drop_table("spot_draws")
