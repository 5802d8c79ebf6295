"""From where each action was done; of earlier ones it is known where a session was opened or refused."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("audit", sa.Column("address", sa.String(64), nullable=False, server_default=""))
    connection = op.get_bind()
    told = sa.text("SELECT seq, details FROM audit WHERE action LIKE 'session.%' AND details LIKE '%address%'")
    for seq, details in connection.execute(told).fetchall():
        address = str(json.loads(details).get("address", ""))[:64]
        connection.execute(sa.text("UPDATE audit SET address = :at WHERE seq = :seq"), {"at": address, "seq": seq})


def downgrade() -> None:
    op.drop_column("audit", "address")
