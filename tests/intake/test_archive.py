"""A zip of many files: names as people wrote them, each member guarded alone, what is left out said."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from beicha.intake import archive
from beicha.intake.archive import Member
from beicha.intake.book import Refusal
from tests.intake.workbooks import hall


def open_archive(content):
    return archive.open_archive(BytesIO(content))


def archive_kind(content):
    return archive.archive_kind(BytesIO(content))


BOOK = hall([1, "2026-03-05", "孝老爱亲", "道德讲堂", 45, "李讲师", "有"])


def zipped(members, packing=ZIP_DEFLATED):
    """A zip of these names (or ZipInfos) and bytes."""
    content = BytesIO()
    with ZipFile(content, "w", packing) as target:
        for name, inside in members:
            target.writestr(name, inside)
    return content.getvalue()


def named(raw, inside=BOOK, extra=b""):
    """A zip whose only member has a name of these bytes, without the mark that says UTF-8."""
    standing_for = "x" * len(raw)
    info = ZipInfo(standing_for)
    info.extra = extra
    return zipped([(info, inside)]).replace(standing_for.encode(), raw)


def members(content, **options):
    opened = open_archive(content)
    assert not isinstance(opened, Refusal), opened
    return list(opened.members(**options))


def codes(content, **options):
    return [(m.path, m.refusal.code if m.refusal else "") for m in members(content, **options)]


def only_refusal(content, **options):
    (member,) = members(content, **options)
    assert member.refusal is not None
    return member.refusal


def test_members_come_in_their_order_with_their_bytes():
    content = zipped([("东街道/桂花社区.xlsx", BOOK), ("b.csv", b"a,b\n")])
    assert members(content) == [Member("东街道/桂花社区.xlsx", BOOK), Member("b.csv", b"a,b\n")]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
@pytest.mark.parametrize("name", ["桂花社区三月台账.xlsx", "一月/荷塘社区.xls"])
def test_a_name_without_a_mark_is_read_as_it_was_written(name, encoding):
    assert members(named(name.encode(encoding)))[0].path == name


def test_a_name_in_gbk_that_passes_for_utf_8_is_told_by_its_letters():
    assert "一".encode("gbk").decode("utf-8") == "һ"
    assert members(named("一.xlsx".encode("gbk")))[0].path == "一.xlsx"


def test_the_name_in_unicode_beside_an_old_one_counts_where_it_belongs_to_it():
    raw, name = b"??.xlsx", "桂花.xlsx"

    def beside(checksum):
        field = struct.pack("<BL", 1, checksum) + name.encode()
        return named(raw, extra=struct.pack("<HH", 0x7075, len(field)) + field)

    assert members(beside(zlib.crc32(raw)))[0].path == name
    assert members(beside(1))[0].path == "??.xlsx"


def test_backslashes_part_folders_and_unseen_signs_are_taken_out():
    assert members(named("甲\\乙\u202eslx.xlsx".encode()))[0].path == "甲/乙slx.xlsx"


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("三月/", "folder"),
        ("__MACOSX/._桂花.xlsx", "system"),
        ("三月/.DS_Store", "system"),
        ("Thumbs.db", "system"),
        ("三月/~$桂花.xlsx", "lock"),
    ],
)
def test_what_is_no_workbook_of_a_persons_is_left_out_and_said(path, what):
    assert codes(zipped([(path, b""), ("好.xlsx", BOOK)])) == [(path, "archive_left_out"), ("好.xlsx", "")]
    assert members(zipped([(path, b""), ("好.xlsx", BOOK)]))[0].refusal.values == {"what": what}


@pytest.mark.parametrize("path", ["../桂花.xlsx", "a/../../b.xlsx", "/etc/b.xlsx", "C:\\b.xlsx"])
def test_a_path_out_of_the_zip_is_refused(path):
    assert only_refusal(named(path.encode())) == Refusal("archive_unsafe", {"what": "outside"})


def test_a_link_is_refused():
    info = ZipInfo("link.xlsx")
    info.external_attr = 0o120777 << 16
    assert only_refusal(zipped([(info, "/etc/passwd")])).values == {"what": "link"}


@pytest.mark.parametrize(
    ("inside", "kind"),
    [(zipped([("a.xlsx", BOOK)]), "zip"), (b"Rar!\x1a\x07\x01\x00", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z")],
)
def test_an_archive_in_the_zip_is_not_opened(inside, kind):
    assert only_refusal(zipped([("里面.zip", inside)])) == Refusal("archive_nested", {"kind": kind})


def test_a_member_with_a_password_is_refused():
    content = bytearray(zipped([("a.xlsx", BOOK)]))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    assert only_refusal(bytes(content)).code == "archive_encrypted"


def test_a_way_of_packing_that_is_not_read_is_told():
    assert only_refusal(zipped([("a.xlsx", BOOK)], ZIP_BZIP2)).code == "archive_packing"


def test_a_damaged_member_leaves_the_others_unharmed():
    content = bytearray(zipped([("a.xlsx", BOOK), ("b.xlsx", BOOK)], ZIP_STORED))
    content[content.index(BOOK[100:140]) + 20] ^= 0xFF
    assert codes(bytes(content)) == [("a.xlsx", "archive_damaged"), ("b.xlsx", "")]


@pytest.mark.parametrize(("more", "code"), [(0, ""), (1, "too_large")])
def test_a_member_is_as_large_as_a_file_may_be(monkeypatch, more, code):
    monkeypatch.setattr(archive, "LARGEST_FILE", 1000)
    content = zipped([("a.csv", b"x" * (1000 + more))], ZIP_STORED)
    assert codes(content) == [("a.csv", code)]


def test_a_member_that_is_larger_than_it_says_is_counted_while_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_FILE", 1000)
    content = zipped([("a.csv", bytes(range(250)) * 8)]).replace(struct.pack("<L", 2000), struct.pack("<L", 500))
    assert codes(content)[0][1] in ("too_large", "archive_damaged")


@pytest.mark.parametrize(("size", "code"), [(2**20, ""), (2**20 + 1, "archive_unsafe")])
def test_what_is_packed_far_too_tightly_is_refused(size, code):
    assert codes(zipped([("a.csv", b"\0" * size)])) == [("a.csv", code)]


def test_members_beyond_the_room_are_told_and_not_read():
    content = zipped([("a.csv", b"1" * 60), ("b.csv", b"2" * 60), ("c.csv", b"3")])
    assert codes(content, room=120) == [("a.csv", ""), ("b.csv", ""), ("c.csv", "archive_too_much")]
    assert codes(content, room=119) == [("a.csv", ""), ("b.csv", "archive_too_much"), ("c.csv", "archive_too_much")]


@pytest.mark.parametrize(("files", "is_taken"), [(500, True), (501, False)])
def test_a_zip_holds_so_many_files(files, is_taken):
    opened = open_archive(zipped([(f"{n}.csv", b"") for n in range(files)]))
    assert isinstance(opened, Refusal) is not is_taken
    assert is_taken or opened == Refusal("archive_too_many", {"count": 501, "limit": 500})


def test_folders_count_little_but_not_without_end():
    folders = [(f"{n}/", b"") for n in range(998)]
    assert len(open_archive(zipped([*folders, ("a.csv", b"")]))) == 999
    assert open_archive(zipped([*folders, ("x/", b""), ("a.csv", b"")])).code == "archive_too_many"


def test_a_zip_may_be_so_large(monkeypatch):
    content = zipped([("a.csv", b"1")])
    monkeypatch.setattr(archive, "LARGEST_ARCHIVE", len(content))
    assert not isinstance(open_archive(content), Refusal)
    assert open_archive(content + b" ").code == "archive_too_large"


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 not a zip", zipped([("a.csv", b"1" * 90)])[:80]], ids=["no zip", "cut off"]
)
def test_a_broken_zip_is_told(content):
    assert open_archive(content).code == "archive_damaged"


def test_an_empty_zip_is_told():
    assert open_archive(zipped([])).code == "archive_empty"
    assert open_archive(zipped([("只有文件夹/", b"")])).code == "archive_empty"


def test_a_list_of_members_that_would_fill_the_memory_is_not_read():
    content = bytearray(zipped([("a.csv", b"1")]))
    struct.pack_into("<L", content, len(content) - 10, 2**30)
    assert open_archive(bytes(content)).code == "archive_damaged"


def test_such_a_list_is_found_behind_the_large_form_as_well():
    content = zipped([("a.csv", b"1")])
    end = content.rindex(b"PK\x05\x06")
    large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, 2**33, 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    assert open_archive(content[:end] + large + locator + content[end:]).code == "archive_damaged"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (zipped([("a.xlsx", BOOK)]), "zip"),
        (zipped([]), "zip"),
        (BOOK, ""),
        (zipped([("[Content_Types].xml", b""), ("word/document.xml", b"")]), ""),
        (zipped([("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"")]), ""),
        (b"PK\x03\x04 broken", ""),
        (b"Rar!\x1a\x07\x00", "rar"),
        (b"a,b\n", ""),
        (b"", ""),
    ],
)
def test_a_zip_of_files_is_told_from_a_workbook(content, kind):
    assert archive_kind(content) == kind
