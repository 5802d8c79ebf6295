"""The bytes of jobs' files in parts of 4 MiB; those that wait are taken along, both ways."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PART = 4 * 2**20
MOST = 100

_SPLIT = sa.text(
    "INSERT INTO job_parts (job, position, number, content) "
    "SELECT job, position, :number, substr(content, :start, :size) FROM job_files WHERE length(content) >= :start"
).bindparams(sa.bindparam("number", type_=sa.Integer), sa.bindparam("start", type_=sa.Integer), size=PART)
_JOINED = sa.text("UPDATE job_files SET content = :content WHERE job = :job AND position = :position").bindparams(
    sa.bindparam("content", type_=sa.LargeBinary)
)


def upgrade() -> None:
    op.create_table(
        "job_parts",
        sa.Column("job", sa.Integer, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(
            ["job", "position"], ["job_files.job", "job_files.position"], name="job_parts_file", ondelete="CASCADE"
        ),
    )
    op.add_column("job_files", sa.Column("size", sa.Integer, nullable=False, server_default="0"))
    op.execute("UPDATE job_files SET size = length(content)")
    for number in range(MOST):
        op.get_bind().execute(_SPLIT, {"number": number, "start": number * PART + 1})
    op.drop_column("job_files", "content")


def downgrade() -> None:
    op.add_column("job_files", sa.Column("content", sa.LargeBinary, nullable=False, server_default=""))
    connection = op.get_bind()
    for job, position in connection.execute(sa.text("SELECT job, position FROM job_files")).all():
        place = {"job": job, "position": position}
        parts = sa.text("SELECT content FROM job_parts WHERE job = :job AND position = :position ORDER BY number")
        content = b"".join(bytes(part) for part in connection.execute(parts, place).scalars())
        connection.execute(_JOINED, {**place, "content": content})
    op.drop_column("job_files", "size")
    op.drop_table("job_parts")
