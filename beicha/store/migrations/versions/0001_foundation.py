"""The first schema: areas, lines, editions, submissions, assessments, audit, jobs, settings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

CODE = sa.String(80)
PERIOD = sa.String(7)
DIGEST = sa.String(64)


def upgrade() -> None:
    _areas_and_lines()
    _editions()
    _submissions()
    _assessments()
    _jobs()
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.String(60), nullable=False),
        sa.Column("object", sa.Text, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def _areas_and_lines() -> None:
    op.create_table(
        "areas",
        sa.Column("code", CODE, primary_key=True),
        sa.Column("valid_from", PERIOD, primary_key=True),
        sa.Column("valid_to", PERIOD),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("parent", CODE),
        sa.Column("rank_class", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("weight", sa.Float, nullable=False),
    )
    op.create_table(
        "lines",
        sa.Column("code", sa.String(40), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
    )


def _editions() -> None:
    op.create_table(
        "editions",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("digest", DIGEST, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("added_by", sa.Text, nullable=False),
        sa.Column("added_at", sa.DateTime, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "activations",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("edition", sa.Integer, sa.ForeignKey("editions.seq"), nullable=False),
        sa.Column("from_period", PERIOD, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sqlite_autoincrement=True,
    )


def _submissions() -> None:
    op.create_table(
        "files",
        sa.Column("sha256", DIGEST, primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "submissions",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("community", CODE, nullable=False),
        sa.Column("period", PERIOD, nullable=False),
        sa.Column("kept_by", sa.String(10), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("content_hash", DIGEST, nullable=False),
        sa.Column("row_count", sa.Integer, nullable=False),
        sa.Column("receipt", sa.Integer),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("replaces", sa.Integer, sa.ForeignKey("submissions.seq")),
        sa.Column("restored_from", sa.Integer, sa.ForeignKey("submissions.seq")),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("community", "period", "kept_by", "version", name="submissions_version"),
        sqlite_autoincrement=True,
    )
    op.create_index("submissions_newest", "submissions", ["community", "period", "kept_by", "seq"])
    op.create_index("submissions_period", "submissions", ["period"])
    op.create_table(
        "submission_files",
        sa.Column("submission", sa.Integer, sa.ForeignKey("submissions.seq"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("sha256", DIGEST, sa.ForeignKey("files.sha256"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
    )


def _assessments() -> None:
    op.create_table(
        "assessments",
        sa.Column("period", PERIOD, primary_key=True),
        sa.Column("community", CODE, primary_key=True),
        sa.Column("edition", sa.Integer, sa.ForeignKey("editions.seq"), nullable=False),
        sa.Column("cells", sa.LargeBinary, nullable=False),
        sa.Column("self_fractions", sa.LargeBinary),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reasons",
        sa.Column("period", PERIOD, primary_key=True),
        sa.Column("community", CODE, primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("cancel", sa.Boolean, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("worker", sa.Text),
        sa.Column("heartbeat", sa.DateTime),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("result", sa.LargeBinary),
        sqlite_autoincrement=True,
    )
    op.create_index("jobs_state", "jobs", ["state", "id"])
    op.create_table(
        "job_files",
        sa.Column("job", sa.Integer, sa.ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sha256", DIGEST, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    for table in (
        "job_files",
        "jobs",
        "reasons",
        "assessments",
        "submission_files",
        "submissions",
        "files",
        "activations",
        "editions",
        "lines",
        "areas",
        "audit",
        "settings",
    ):
        op.drop_table(table)
