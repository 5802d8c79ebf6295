"""Rectification tasks and their steps."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("community", sa.String(80), nullable=False),
        sa.Column("period", sa.String(7), nullable=False),
        sa.Column("criterion", sa.String(40), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("remedy", sa.Text, nullable=False),
        sa.Column("lead", sa.String(40), nullable=False),
        sa.Column("supporting", sa.Text, nullable=False),
        sa.Column("due", sa.String(10), nullable=False),
        sa.Column("responsible", sa.Text, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("tasks_community", "tasks", ["community", "period"])
    op.create_table(
        "task_steps",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("task", sa.Integer, sa.ForeignKey("tasks.id"), nullable=False),
        sa.Column("verb", sa.String(10), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("due", sa.String(10)),
        sa.Column("submission", sa.Integer, sa.ForeignKey("submissions.seq")),
        sa.Column("fraction", sa.Float),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("task_steps_task", "task_steps", ["task", "seq"])


def downgrade() -> None:
    op.drop_table("task_steps")
    op.drop_table("tasks")
