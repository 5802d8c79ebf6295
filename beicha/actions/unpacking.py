"""The files of an import with their zips unpacked, as if each member had been handed in by itself."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import BinaryIO

from beicha.actions.job_queue import Claim
from beicha.actions.outcomes import Outcome, outcome_from_plain
from beicha.intake.archive import LARGEST_TOTAL, MOST_FILES, Member, archive_kind, open_archive
from beicha.intake.book import Refusal
from beicha.intake.problems import Problem, refused
from beicha.store.files import NamedFile
from beicha.store.jobs import SPACING

SET_ASIDE = "set_aside"
"""Stands in a job's details for the outcomes of what was found in zips and is not read."""

Found = NamedFile | Outcome
"""A file to be read, or what became of one that is not."""


def refuse_upload(sizes: Sequence[int]) -> Problem | None:
    """Why files of these sizes are too many or too large for one upload; None where they are not."""
    size, limit = sum(sizes), LARGEST_TOTAL // 2**20
    if len(sizes) > MOST_FILES:
        return refused(Refusal("upload_too_many", {"count": len(sizes), "limit": MOST_FILES}), "")
    if size > LARGEST_TOTAL:
        return refused(Refusal("upload_too_large", {"size": f"{size / 2**20:.0f}", "limit": limit}), "")
    return None


def is_archive(name: str, source: BinaryIO) -> bool:
    """Whether the file is to be unpacked, or to be refused as an archive that cannot be."""
    return bool(archive_kind(source)) or name.lower().endswith(".zip")


@dataclass(frozen=True)
class Packed:
    """An archive to be unpacked: its name, where its bytes are read, its position among the files of the import."""

    name: str
    source: BinaryIO
    position: int


def unpack(packed: Packed, most: int = MOST_FILES, room: int = LARGEST_TOTAL) -> Iterator[Found]:
    """What lies in an archive, in its order; ``most`` files, ``room`` bytes large together, are taken.

    A zip that is not to be opened is one outcome.
    """
    kind = archive_kind(packed.source)
    opened = Refusal("archive_kind", {"kind": kind}) if kind not in ("zip", "") else open_archive(packed.source, most)
    if isinstance(opened, Refusal):
        yield _set_aside(packed.name, opened, packed.position)
        return
    for number, member in enumerate(opened.members(room), packed.position + 1):
        yield _found(packed.name, member, number)


def _found(archive: str, member: Member, position: int) -> Found:
    path = f"{archive}/{member.path}"
    if member.refusal is not None:
        return _set_aside(path, member.refusal, position)
    return NamedFile(path, member.content)


def _set_aside(path: str, refusal: Refusal, position: int) -> Outcome:
    problem = refused(refusal, path)
    state = "left_out" if problem.level == "note" else "refused"
    return Outcome(path, "", state, problems=(problem,), position=position)  # type: ignore[arg-type]


def unpack_all(files: Sequence[NamedFile]) -> tuple[dict[int, NamedFile], list[Outcome]]:
    """The files by position with their archives unpacked, and what became of those that are not read."""
    read: dict[int, NamedFile] = {}
    aside: list[Outcome] = []
    for place, file in enumerate(files):
        position, source = place * SPACING, BytesIO(file.content)
        if not is_archive(file.name, source):
            read[position] = file
            continue
        most, room = MOST_FILES - len(read), LARGEST_TOTAL - sum(len(kept.content) for kept in read.values())
        for number, found in enumerate(unpack(Packed(file.name, source, position), most, room), position + 1):
            if isinstance(found, Outcome):
                aside.append(found)
            else:
                read[number] = found
    return read, aside


def unpack_job(claim: Claim) -> list[Outcome]:
    """Put the members of a job's archives among its files, each archive's in its place; what is not read.

    Done again after a worker died, it does the rest: positions tell what is there already.
    """
    aside = [outcome_from_plain(found) for found in claim.job.details.get(SET_ASIDE, ())]
    for listed in claim.listing():
        if listed.position % SPACING == 0:
            claim.step(0)
            packed = Packed(listed.name, claim.open_file(listed), listed.position)
            if is_archive(packed.name, packed.source):
                aside += _unpack_one(claim, packed)
                claim.replace_file(listed.position, {SET_ASIDE: [asdict(outcome) for outcome in aside]})
    return aside


def _unpack_one(claim: Claim, packed: Packed) -> list[Outcome]:
    before = [listed for listed in claim.listing() if listed.position < packed.position]
    most, room = MOST_FILES - len(before), LARGEST_TOTAL - sum(listed.size for listed in before)
    aside = []
    for number, found in enumerate(unpack(packed, most, room), packed.position + 1):
        claim.step(0)
        if isinstance(found, Outcome):
            aside.append(found)
        else:
            claim.add_file(number, found)
    return aside
