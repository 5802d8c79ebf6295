"""The second factor: its secret, the recovery codes, sign-ins that wait for it, and how each session was opened."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "second_factors",
        sa.Column("account", sa.Integer, sa.ForeignKey("accounts.id"), primary_key=True, autoincrement=False),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("last_step", sa.Integer, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("account", sa.Integer, sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("digest", sa.String(64), primary_key=True),
    )
    op.create_table(
        "half_sessions",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("account", sa.Integer, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("known_by", sa.String(10), nullable=False),
        sa.Column("code", sa.String(64)),
        sa.Column("ends_at", sa.DateTime, nullable=False),
    )
    op.add_column("sessions", sa.Column("known_by", sa.String(10), nullable=False, server_default="password"))
    op.add_column("sessions", sa.Column("factor", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("sessions", "factor")
    op.drop_column("sessions", "known_by")
    for table in ("half_sessions", "recovery_codes", "second_factors"):
        op.drop_table(table)
