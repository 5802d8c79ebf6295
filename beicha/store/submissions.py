"""Submissions (上报): versions per community, month and keeper. The earlier ones stay; the newest is current, but for
those that were withdrawn or erased (``removals``), which count nowhere."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from beicha.store import removals
from beicha.store.content import Content, content_hash, pack, unpack
from beicha.store.schema import MOST_NUMBER, submission_files, submissions
from beicha.store.stepping import values_of


@dataclass(frozen=True)
class Key:
    """What a submission is of: a community's code, a month "YYYY-MM", and who keeps the ledgers."""

    community: str
    period: str
    kept_by: str = "community"


@dataclass(frozen=True)
class SentFile:
    """A file of a submission: its bytes' SHA-256, and the name it was sent under."""

    sha256: str
    name: str


@dataclass(frozen=True)
class Version:
    """One version of a submission, without its rows. Higher ``seq`` is newer; ``replaces`` is the one before it."""

    seq: int
    community: str
    period: str
    kept_by: str
    version: int
    content_hash: str
    row_count: int
    receipt: int
    made_by: str
    made_at: datetime
    replaces: int | None
    restored_from: int | None

    @property
    def key(self) -> Key:
        """What it is a version of."""
        return Key(self.community, self.period, self.kept_by)


@dataclass(frozen=True)
class Arrival:
    """When a community's month came in: the moments of its first and its newest version, and how many there are."""

    first: datetime
    newest: datetime
    versions: int


_SHOWN = [column for column in submissions.c if column.name != "content"]


@dataclass(frozen=True)
class Entry:
    """A version to be added: what of, what it says and the hash of that, its files, the version it follows."""

    key: Key
    content: Content
    content_hash: str
    files: Sequence[SentFile]
    replaces: Version | None = None
    restored_from: int | None = None


def add(change: Connection, entry: Entry, *, receipt: int | None, by: str, at: datetime) -> Version:
    """Add a version; the bytes of its files are to be kept before.

    ``receipt`` is the number of the first submission of the same upload, None for that first one itself.
    Raises an IntegrityError where another transaction has added that version first.
    """
    values: dict[str, Any] = {
        "community": entry.key.community,
        "period": entry.key.period,
        "kept_by": entry.key.kept_by,
        "version": _last_number(change, entry.key) + 1,
        "content_hash": entry.content_hash,
        "row_count": entry.content.row_count,
        "made_by": by,
        "made_at": at,
        "replaces": entry.replaces.seq if entry.replaces else None,
        "restored_from": entry.restored_from,
    }
    statement = insert(submissions).values(**values, receipt=receipt, content=pack(entry.content))
    seq: int = change.execute(statement.returning(submissions.c.seq)).scalar_one()
    if receipt is None:
        change.execute(update(submissions).where(submissions.c.seq == seq).values(receipt=seq))
    if entry.files:
        change.execute(insert(submission_files), [_file(seq, n, file) for n, file in enumerate(entry.files)])
    return Version(seq=seq, receipt=seq if receipt is None else receipt, **values)


def _last_number(view: Connection, key: Key) -> int:
    """The highest number that a version of the key had, also of those that do not count any more; 0: none."""
    last: int | None = view.execute(select(func.max(submissions.c.version)).where(*_is(key))).scalar_one()
    return last or 0


def has_period(view: Connection, period: str) -> bool:
    """Whether anybody has submitted anything for the month that counts."""
    statement = select(submissions.c.seq).where(submissions.c.period == period, _COUNTS).limit(1)
    return view.execute(statement).scalar_one_or_none() is not None


def arrivals(view: Connection, period: str) -> dict[str, Arrival]:
    """When the communities' own reports of a month came in, by community; who has none is absent."""
    made = submissions.c.made_at
    columns = (submissions.c.community, func.min(made), func.max(made), func.count())
    chosen = (submissions.c.period == period) & (submissions.c.kept_by == "community") & _COUNTS
    rows = view.execute(select(*columns).where(chosen).group_by(submissions.c.community))
    return {community: Arrival(first, newest, versions) for community, first, newest, versions in rows}


def newest_numbers(view: Connection, period: str) -> dict[str, int]:
    """The number of the version of a month that counts, by community; who has none is absent."""
    chosen = (submissions.c.period == period) & (submissions.c.kept_by == "community") & _COUNTS
    columns = (submissions.c.community, func.max(submissions.c.seq))
    rows = view.execute(select(*columns).where(chosen).group_by(submissions.c.community))
    return {row[0]: row[1] for row in rows}


def newest_periods(view: Connection, communities: Collection[str]) -> dict[str, str]:
    """The newest month that each of these communities has reported itself; who has none is absent."""
    chosen = submissions.c.community.in_(list(communities)) & (submissions.c.kept_by == "community") & _COUNTS
    columns = (submissions.c.community, func.max(submissions.c.period))
    rows = view.execute(select(*columns).where(chosen).group_by(submissions.c.community))
    return {row[0]: row[1] for row in rows}


def _file(seq: int, position: int, file: SentFile) -> dict[str, Any]:
    return {"submission": seq, "position": position, "sha256": file.sha256, "name": file.name}


def newest(view: Connection, key: Key) -> Version | None:
    """The current version, None where there is none."""
    statement = select(*_SHOWN).where(*_is(key), _COUNTS).order_by(submissions.c.seq.desc()).limit(1)
    row = view.execute(statement).one_or_none()
    return None if row is None else Version(*row)


def versions(view: Connection, key: Key) -> tuple[Version, ...]:
    """All versions, newest first, also those that do not count any more."""
    rows = view.execute(select(*_SHOWN).where(*_is(key)).order_by(submissions.c.seq.desc()))
    return tuple(Version(*row) for row in rows)


def versions_of(view: Connection, community: str, kept_by: str) -> tuple[Version, ...]:
    """The versions that count, of all months of a community that one keeper has, oldest first."""
    chosen = (submissions.c.community == community) & (submissions.c.kept_by == kept_by) & _COUNTS
    rows = view.execute(select(*_SHOWN).where(chosen).order_by(submissions.c.seq))
    return tuple(Version(*row) for row in rows)


def version(view: Connection, seq: int) -> Version | None:
    """The version with this number, None where there is none."""
    if seq > MOST_NUMBER:
        return None
    row = view.execute(select(*_SHOWN).where(submissions.c.seq == seq)).one_or_none()
    return None if row is None else Version(*row)


def content(view: Connection, seq: int) -> Content:
    """What a version says; raises an error where there is no such version."""
    return unpack(view.execute(select(submissions.c.content).where(submissions.c.seq == seq)).scalar_one())


def sent_files(view: Connection, seqs: Iterable[int]) -> dict[int, tuple[SentFile, ...]]:
    """The files of each of these versions."""
    found: dict[int, tuple[SentFile, ...]] = dict.fromkeys(seqs, ())
    chosen = submission_files.c.submission.in_(list(found))
    for row in view.execute(select(submission_files).where(chosen).order_by(submission_files.c.position)):
        found[row.submission] += (SentFile(row.sha256, row.name),)
    return found


def current(
    view: Connection, communities: Sequence[str] | None = None, up_to: str = "9999-12", since: str = ""
) -> list[tuple[Version, Content]]:
    """The newest version of each key up to a month, with what it says, by community and month; None: of all.

    With ``since`` those of earlier months are left out.
    """
    return [(version, unpack(blob)) for version, blob in current_packed(view, communities, up_to, since)]


def current_packed(
    view: Connection, communities: Sequence[str] | None = None, up_to: str = "9999-12", since: str = ""
) -> list[tuple[Version, bytes]]:
    """The same as it is stored, for whoever unpacks it elsewhere (``content.unpack``)."""
    chosen = (*_newest(communities, up_to), submissions.c.period >= since)
    rows = view.execute(select(*_SHOWN, submissions.c.content).where(*chosen).order_by(*_ORDER))
    return [(Version(*row[:-1]), row[-1]) for row in rows]


def current_versions(view: Connection, communities: Sequence[str], up_to: str) -> list[Version]:
    """The newest version of each key of these communities up to a month, without what it says."""
    chosen = _newest(communities, up_to)
    return [Version(*row) for row in view.execute(select(*_SHOWN).where(*chosen).order_by(*_ORDER))]


def current_numbers(view: Connection, since: str, up_to: str) -> dict[str, tuple[int, ...]]:
    """The numbers of the newest versions of these months by community, in order; equal ones mean equal content."""
    chosen = (*_newest(None, up_to), submissions.c.period >= since)
    found: dict[str, tuple[int, ...]] = {}
    columns = submissions.c.community, submissions.c.seq
    for community, seq in view.execute(select(*columns).where(*chosen).order_by(*_ORDER)):
        found[community] = (*found.get(community, ()), seq)
    return found


def periods(view: Connection) -> tuple[str, ...]:
    """Every month with a submission that counts, in order."""
    each = values_of(submissions.c.period)
    counting = select(submissions.c.seq).where(submissions.c.period == each.c.value, _COUNTS).exists()
    return tuple(view.execute(select(each.c.value).where(counting).order_by(each.c.value)).scalars())


def users_of(view: Connection, digests: Iterable[str]) -> dict[str, set[int]]:
    """The versions that hold each of these files, by digest."""
    found: dict[str, set[int]] = {digest: set() for digest in digests}
    for row in view.execute(select(submission_files).where(submission_files.c.sha256.in_(list(found)))):
        found[row.sha256].add(row.submission)
    return found


def blank(change: Connection, seqs: Sequence[int]) -> None:
    """Forget what versions say and what their files were called; their shells and the files' digests stay."""
    nothing = pack(Content({}))
    change.execute(update(submissions).where(submissions.c.seq.in_(list(seqs))).values(content=nothing))
    change.execute(update(submission_files).where(submission_files.c.submission.in_(list(seqs))).values(name=""))


def rewrite(change: Connection, seq: int, content: Content) -> None:
    """Have a version say something else: what is left where a part of it is erased."""
    values = {"content": pack(content), "content_hash": content_hash(content), "row_count": content.row_count}
    change.execute(update(submissions).where(submissions.c.seq == seq).values(**values))


_COUNTS = submissions.c.seq.not_in(removals.gone())
_ORDER = (submissions.c.community, submissions.c.period, submissions.c.kept_by)


def _is(key: Key) -> tuple[Any, ...]:
    columns = submissions.c
    return columns.community == key.community, columns.period == key.period, columns.kept_by == key.kept_by


def _newest(communities: Sequence[str] | None, up_to: str) -> tuple[Any, ...]:
    chosen = [submissions.c.period <= up_to, _COUNTS]
    if communities is not None:
        chosen.append(submissions.c.community.in_(list(communities)))
    newest_of_each = select(func.max(submissions.c.seq)).where(*chosen).group_by(*_ORDER)
    return (submissions.c.seq.in_(newest_of_each),)
