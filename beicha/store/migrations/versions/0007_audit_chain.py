"""The audit as a chain of digests, and triggers that refuse to change or remove its rows."""

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

AT_ONCE = 1000
_AUDIT = sa.table(
    "audit",
    sa.column("seq", sa.Integer),
    sa.column("at", sa.DateTime),
    *(sa.column(name, sa.Text) for name in ("actor", "address", "action", "object", "details", "previous", "digest")),
)
_SAID = ("seq", "at", "actor", "address", "action", "object", "details")
_FILL = (
    sa.update(_AUDIT)
    .where(_AUDIT.c.seq == sa.bindparam("row"))
    .values(previous=sa.bindparam("before"), digest=sa.bindparam("own"))
)

_SQLITE = (
    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'rows of the audit are never changed'); END",
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'rows of the audit are never removed'); END",
    "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE seq >= NEW.seq) "
    "BEGIN SELECT RAISE(ABORT, 'rows of the audit are only added at the end'); END",
)
_POSTGRESQL = (
    "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'rows of the audit are neither changed nor removed'; END $$",
    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
)
_UNDO_SQLITE = ("DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete", "DROP TRIGGER audit_no_replace")
_UNDO_POSTGRESQL = ("DROP FUNCTION audit_refuse() CASCADE",)


def upgrade() -> None:
    for column in ("previous", "digest"):
        op.add_column("audit", sa.Column(column, sa.String(64), nullable=False, server_default=""))
    _fill(op.get_bind())
    op.create_index("audit_action", "audit", ["action", "seq"])
    op.create_index("audit_actor", "audit", ["actor", "seq"])
    op.create_index("audit_at", "audit", ["at"])
    for statement in _POSTGRESQL if _on_postgresql() else _SQLITE:
        op.execute(statement)


def downgrade() -> None:
    for statement in _UNDO_POSTGRESQL if _on_postgresql() else _UNDO_SQLITE:
        op.execute(statement)
    for index in ("audit_at", "audit_actor", "audit_action"):
        op.drop_index(index, "audit")
    for column in ("digest", "previous"):
        op.drop_column("audit", column)


def _fill(connection: sa.Connection) -> None:
    seq, digest = 0, "0" * 64
    select = sa.select(*(_AUDIT.c[name] for name in _SAID)).order_by(_AUDIT.c.seq).limit(AT_ONCE)
    while rows := connection.execute(select.where(_AUDIT.c.seq > seq)).fetchall():
        filled = []
        for row in rows:
            previous, digest = digest, _digest(digest, row)
            filled.append({"row": row.seq, "before": previous, "own": digest})
        connection.execute(_FILL, filled)
        seq = rows[-1].seq


def _digest(previous: str, row: sa.Row[Any]) -> str:
    """As beicha/store/chain.py works it out; written down here once more, because migrations never change."""
    values = [row.seq, row.at.isoformat(timespec="microseconds") + "Z", *row[2:]]
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
