"""Share links."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shares",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("public_id", sa.String(16), nullable=False, unique=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("maker", sa.String(64), nullable=False),
        sa.Column("areas", sa.Text),
        sa.Column("lines", sa.Text),
        sa.Column("first", sa.String(7), nullable=False),
        sa.Column("last", sa.String(7), nullable=False),
        sa.Column("view", sa.String(12), nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("not_before", sa.DateTime),
        sa.Column("ends_at", sa.DateTime),
        sa.Column("password", sa.Text),
        sa.Column("frozen", sa.LargeBinary),
        sa.Column("revoked_at", sa.DateTime),
        sa.Column("revoked_by", sa.String(64)),
        sa.Column("uses", sa.Integer, nullable=False),
        sa.Column("last_used_at", sa.DateTime),
        sqlite_autoincrement=True,
    )
    op.create_index("shares_maker", "shares", ["maker"])


def downgrade() -> None:
    op.drop_table("shares")
