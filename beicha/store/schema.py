"""The tables. Migrations build them by hand; a test holds that both say the same."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)

metadata = MetaData()

MOST_NUMBER = 2**31 - 1
"""A number from an address may be larger than a database can look for."""


class UtcTime(TypeDecorator[datetime]):
    """A moment: aware in Python, kept as UTC without a zone. A naive one is refused: nobody knows what it means."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The moment as it is stored."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The stored moment, aware again."""
        return None if value is None else value.replace(tzinfo=UTC)


def _number(name: str = "seq") -> Column[int]:
    """A number that only ever rises, also after deletions."""
    return Column(name, Integer, primary_key=True, autoincrement=True)


areas = Table(
    "areas",
    metadata,
    Column("code", String(80), primary_key=True),
    Column("valid_from", String(7), primary_key=True),  # first month it stands so; '' is from the beginning
    Column("valid_to", String(7)),  # first month it no longer stands so; NULL is open
    Column("name", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("parent", String(80)),
    Column("rank_class", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("weight", Float, nullable=False),
    Index("areas_parent", "parent"),
)

lines = Table(
    "lines",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("title", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

units = Table(
    "units",
    metadata,
    Column("kind", String(4), primary_key=True),  # area or line
    Column("code", String(80), primary_key=True),
    Column("first", Text, nullable=False),
    Column("direct", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("phone", Text, nullable=False),
)

editions = Table(
    "editions",
    metadata,
    _number(),
    Column("digest", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("added_by", Text, nullable=False),
    Column("added_at", UtcTime, nullable=False),
    Column("content", Text, nullable=False),
    sqlite_autoincrement=True,
)

activations = Table(
    "activations",
    metadata,
    _number(),
    Column("edition", Integer, ForeignKey("editions.seq"), nullable=False),
    Column("from_period", String(7), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)

files = Table(
    "files",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

submissions = Table(
    "submissions",
    metadata,
    _number(),
    Column("community", String(80), nullable=False),
    Column("period", String(7), nullable=False),
    Column("kept_by", String(10), nullable=False),
    Column("version", Integer, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("row_count", Integer, nullable=False),
    Column("receipt", Integer),
    Column("made_by", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("replaces", Integer, ForeignKey("submissions.seq")),
    Column("restored_from", Integer, ForeignKey("submissions.seq")),
    Column("content", LargeBinary, nullable=False),
    UniqueConstraint("community", "period", "kept_by", "version", name="submissions_version"),
    Index("submissions_newest", "community", "period", "kept_by", "seq"),
    Index("submissions_period", "period"),
    sqlite_autoincrement=True,
)

submission_files = Table(
    "submission_files",
    metadata,
    Column("submission", Integer, ForeignKey("submissions.seq"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("sha256", String(64), ForeignKey("files.sha256"), nullable=False),
    Column("name", Text, nullable=False),
)

removals = Table(
    "removals",
    metadata,
    _number("id"),
    Column("submission", Integer, ForeignKey("submissions.seq"), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("reason", Text, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("done_by", Text),
    Column("done_at", UtcTime),
    Column("dropped_by", Text),
    Column("dropped_at", UtcTime),
    Column("digests", Text, nullable=False),  # a JSON list
    Index("removals_submission", "submission"),
    sqlite_autoincrement=True,
)

assessments = Table(
    "assessments",
    metadata,
    Column("period", String(7), primary_key=True),
    Column("community", String(80), primary_key=True),
    Column("edition", Integer, ForeignKey("editions.seq"), nullable=False),
    Column("cells", LargeBinary, nullable=False),
    Column("self_fractions", LargeBinary),
    sqlite_with_rowid=False,
)

reasons = Table(
    "reasons",
    metadata,
    Column("period", String(7), primary_key=True),
    Column("community", String(80), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("address", String(64), nullable=False, server_default=""),
    Column("action", String(60), nullable=False),
    Column("object", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("previous", String(64), nullable=False, server_default=""),  # the digest of the row before: see chain.py
    Column("digest", String(64), nullable=False, server_default=""),
    Index("audit_action", "action", "seq"),
    Index("audit_actor", "actor", "seq"),
    Index("audit_at", "at"),
)

jobs = Table(
    "jobs",
    metadata,
    _number("id"),
    Column("kind", String(20), nullable=False),
    Column("state", String(10), nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("cancel", Boolean, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("worker", Text),
    Column("heartbeat", UtcTime),
    Column("made_by", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Column("details", Text, nullable=False),
    Column("result", LargeBinary),
    Index("jobs_state", "state", "id"),
    sqlite_autoincrement=True,
)

job_files = Table(
    "job_files",
    metadata,
    Column("job", Integer, ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False, server_default="0"),
)

job_parts = Table(
    "job_parts",
    metadata,
    Column("job", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    ForeignKeyConstraint(
        ["job", "position"], ["job_files.job", "job_files.position"], name="job_parts_file", ondelete="CASCADE"
    ),
)

settings = Table(
    "settings",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

remembered = Table(
    "remembered",
    metadata,
    Column("unit", String(80), primary_key=True),
    Column("kind", String(10), primary_key=True),
    Column("ledger", String(80), primary_key=True),
    Column("said", String(120), primary_key=True),
    Column("meant", String(80), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    _number("id"),
    Column("login", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("password", Text),  # as argon2id writes it; NULL: none yet
    Column("must_change", Boolean, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("demo", Boolean, nullable=False),
    Column("code", String(64)),  # SHA-256 of the one-time code that stands in for a password
    Column("code_ends_at", UtcTime),
    Column("made_by", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)

posts = Table(
    "posts",
    metadata,
    _number("id"),
    Column("account", Integer, ForeignKey("accounts.id"), nullable=False),
    Column("role", String(20), nullable=False),
    Column("area", String(80)),  # NULL: everywhere
    Column("lines", Text),  # a JSON list; NULL: all
    Column("made_by", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Index("posts_account", "account"),
    sqlite_autoincrement=True,
)

sessions = Table(
    "sessions",
    metadata,
    _number("id"),
    Column("digest", String(64), nullable=False, unique=True),
    Column("account", Integer, ForeignKey("accounts.id"), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    Column("address", String(64), nullable=False),
    Column("agent", String(200), nullable=False),
    Column("known_by", String(10), nullable=False, server_default="password"),
    Column("factor", Boolean, nullable=False, server_default=false()),  # whether a second factor was shown
    Index("sessions_account", "account"),
    sqlite_autoincrement=True,
)

half_sessions = Table(
    "half_sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("account", Integer, ForeignKey("accounts.id"), nullable=False),
    Column("known_by", String(10), nullable=False),
    Column("code", String(64)),  # the one-time code that is spent when the session opens
    Column("ends_at", UtcTime, nullable=False),
)

second_factors = Table(
    "second_factors",
    metadata,
    Column("account", Integer, ForeignKey("accounts.id"), primary_key=True, autoincrement=False),
    Column("secret", Text, nullable=False),  # sealed: the key lies in a file, not here
    Column("last_step", Integer, nullable=False),  # the half minute of the last code; none of it or before is taken
    Column("made_at", UtcTime, nullable=False),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("account", Integer, ForeignKey("accounts.id"), primary_key=True),
    Column("digest", String(64), primary_key=True),
)

shares = Table(
    "shares",
    metadata,
    _number("id"),
    Column("public_id", String(16), nullable=False, unique=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("maker", String(64), nullable=False),
    Column("areas", Text),  # a JSON list; NULL: everywhere
    Column("lines", Text),  # a JSON list; NULL: all
    Column("first", String(7), nullable=False),  # '' with last '': the newest month there is
    Column("last", String(7), nullable=False),
    Column("view", String(12), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("not_before", UtcTime),
    Column("ends_at", UtcTime),
    Column("password", Text),  # as argon2id writes it; NULL: none
    Column("frozen", LargeBinary),  # the page as it was; NULL: it lives
    Column("revoked_at", UtcTime),
    Column("revoked_by", String(64)),
    Column("uses", Integer, nullable=False),
    Column("last_used_at", UtcTime),
    Index("shares_maker", "maker"),
    sqlite_autoincrement=True,
)

reviews = Table(
    "reviews",
    metadata,
    _number(),
    Column("community", String(80), nullable=False),
    Column("period", String(7), nullable=False),
    Column("verb", String(10), nullable=False),
    Column("submission", Integer, ForeignKey("submissions.seq")),
    Column("reason", Text, nullable=False),
    Column("items", Text, nullable=False),  # a JSON object: criteria and what is wrong in each
    Column("score", Float),
    Column("made_by", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Index("reviews_month", "period", "community", "seq"),
    sqlite_autoincrement=True,
)

tasks = Table(
    "tasks",
    metadata,
    _number("id"),
    Column("community", String(80), nullable=False),
    Column("period", String(7), nullable=False),
    Column("criterion", String(40), nullable=False),  # '' for a note that is about no criterion
    Column("title", Text, nullable=False),
    Column("problem", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("lead", String(40), nullable=False),  # a line's code, '' for none
    Column("supporting", Text, nullable=False),  # a JSON list of lines' codes
    Column("due", String(10), nullable=False),
    Column("responsible", Text, nullable=False),  # a JSON object: names as they stood when it was made
    Column("origin", Text, nullable=False, server_default=""),
    Column("made_by", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Index("tasks_community", "community", "period"),
    sqlite_autoincrement=True,
)

task_steps = Table(
    "task_steps",
    metadata,
    _number(),
    Column("task", Integer, ForeignKey("tasks.id"), nullable=False),
    Column("verb", String(10), nullable=False),
    Column("text", Text, nullable=False),
    Column("due", String(10)),
    Column("submission", Integer, ForeignKey("submissions.seq")),
    Column("fraction", Float),
    Column("made_by", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Index("task_steps_task", "task", "seq"),
    sqlite_autoincrement=True,
)

papers = Table(
    "papers",
    metadata,
    _number("id"),
    Column("kind", String(20), nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("period", String(7), nullable=False),
    Column("title", Text, nullable=False),
    Column("stamps", Text, nullable=False),  # a JSON list of sentences: edition, filters, time, reviewed or not
    Column("sha256", String(64), ForeignKey("files.sha256"), nullable=False),
    Column("name", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    UniqueConstraint("kind", "year", "number", name="papers_number"),
    sqlite_autoincrement=True,
)

paper_withdrawals = Table(
    "paper_withdrawals",
    metadata,
    Column("paper", Integer, ForeignKey("papers.id"), primary_key=True),
    Column("reason", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
)

spot_draws = Table(
    "spot_draws",
    metadata,
    _number("id"),
    Column("period", String(7), nullable=False),
    Column("seed", String(80), nullable=False),
    Column("wish", Text, nullable=False),  # a JSON object: what was asked for
    Column("result", Text, nullable=False),  # a JSON list of communities with their points
    Column("made_by", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Index("spot_draws_month", "period", "id"),
    sqlite_autoincrement=True,
)

task_evidence = Table(
    "task_evidence",
    metadata,
    _number("id"),
    Column("task", Integer, ForeignKey("tasks.id"), nullable=False),
    Column("kind", String(6), nullable=False),  # before or after
    Column("sha256", String(64), ForeignKey("files.sha256"), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Index("task_evidence_task", "task"),
    sqlite_autoincrement=True,
)

evidence_hidden = Table(
    "evidence_hidden",
    metadata,
    Column("evidence", Integer, ForeignKey("task_evidence.id"), primary_key=True),
    Column("reason", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
)

daily_reports = Table(
    "daily_reports",
    metadata,
    _number("id"),
    Column("area", String(80), nullable=False),
    Column("day", String(10), nullable=False),
    Column("work", Text, nullable=False),
    Column("problems", Text, nullable=False),  # a JSON list of texts, each with the code of a community or ''
    Column("needs", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Index("daily_reports_day", "day", "area"),
    sqlite_autoincrement=True,
)

tries = Table(
    "tries",
    metadata,
    Column("kind", String(10), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("blocked_until", UtcTime),
)
