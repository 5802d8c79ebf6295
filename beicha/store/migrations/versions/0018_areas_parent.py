"""Areas are looked up by the one above them, where a part of the tree is read."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("areas_parent", "areas", ["parent"])


def downgrade() -> None:
    op.drop_index("areas_parent", "areas")
