"""Photos of a task come from who answers for it, are written anew without what a camera adds, hidden and never lost."""

import shutil
from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from beicha.actions.evidence import MOST_AT_ONCE, MOST_OF_A_TASK, TooManyError, add_photos, hide, photo, photos_of
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.tasks import NewTask, make
from beicha.intake.photos import LONGEST_SIDE, MOST_BYTES, PhotoError, read_photo
from beicha.store import open_store
from beicha.store.files import NamedFile
from tests.actions.office import NOW, set_up

CLERK = Grant("li", (Post("clerk", "C01"),))
OTHER = Grant("wu", (Post("clerk", "C02"),))
LINE = Grant("sun", (Post("line", None, ("culture",)),))
OTHER_LINE = Grant("qian", (Post("line", None, ("water",)),))
LEADER = Grant("zhou", (Post("leader"),))


@pytest.fixture
def office(store):
    set_up(store)
    new = NewTask("C01", "2026-03", "A1", "讲堂", "少", "补", "culture", (), date(2026, 4, 20), {})
    make(OFFICE, store, [new], now=NOW)
    return store


def picture(size=(60, 40), form="JPEG", colour="green", **more) -> bytes:
    content = BytesIO()
    mode = "RGBA" if form == "PNG" else "RGB"
    Image.new(mode, size, colour).save(content, form, **more)
    return content.getvalue()


def sent(*contents):
    return [NamedFile("图.jpg", content) for content in contents]


def test_a_photo_is_written_anew_without_place_and_camera():
    about = Image.Exif()
    about[0x010F], about[0x0132] = "Camera", "2026:04:01 08:00:00"
    about.get_ifd(0x8825)[1] = "N"
    made = read_photo(picture(exif=about))
    assert not Image.open(BytesIO(made.content)).getexif()
    assert b"Camera" not in made.content


def test_it_stands_upright_as_the_camera_was_held():
    about = Image.Exif()
    about[0x0112] = 6
    made = read_photo(picture(exif=about))
    assert (made.width, made.height) == (40, 60)


def test_what_hangs_on_behind_the_picture_is_gone():
    assert b"<script>" not in read_photo(picture() + b"<script>alert(1)</script>").content


@pytest.mark.parametrize(("side", "kept"), [(LONGEST_SIDE, LONGEST_SIDE), (LONGEST_SIDE + 400, LONGEST_SIDE)])
def test_a_large_one_is_made_smaller(side, kept):
    assert read_photo(picture((side, 10))).width == kept


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_forms_that_phones_write_are_read(form):
    assert Image.open(BytesIO(read_photo(picture(form=form)).content)).format == "JPEG"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "no_photo"),
        (b"GIF89a", "no_photo"),
        (picture()[:200], "no_photo"),
        (picture(form="GIF"), "no_photo"),
        (b"\xff" * (MOST_BYTES + 1), "large"),
        (picture((10_001, 5_000), form="PNG"), "pixels"),
    ],
)
def test_anything_else_is_refused(content, kind):
    with pytest.raises(PhotoError) as refused:
        read_photo(content)
    assert refused.value.kind == kind


def test_a_photo_is_kept_with_who_when_and_what(office):
    (number,) = add_photos(CLERK, office, 1, "after", sent(picture()), now=NOW)
    (kept,) = photos_of(OFFICE, office, 1)
    assert (kept.id, kept.when, kept.width, kept.made_by, kept.made_at) == (number, "after", 60, "li", NOW)
    assert Image.open(BytesIO(photo(LINE, office, number))).size == (60, 40)


def test_the_same_photo_twice_is_one(office):
    assert len(add_photos(CLERK, office, 1, "after", sent(picture(), picture()), now=NOW)) == 1
    assert add_photos(CLERK, office, 1, "after", sent(picture()), now=NOW) == ()
    assert len(add_photos(CLERK, office, 1, "before", sent(picture()), now=NOW)) == 1


def test_one_bad_file_leaves_nothing_of_the_others(office):
    with pytest.raises(PhotoError):
        add_photos(CLERK, office, 1, "after", sent(picture(), b"x"), now=NOW)
    assert photos_of(OFFICE, office, 1) == ()


def test_so_many_and_no_more(office):
    many = [picture((10, number + 1)) for number in range(MOST_OF_A_TASK + 1)]
    with pytest.raises(TooManyError):
        add_photos(CLERK, office, 1, "after", sent(*many[: MOST_AT_ONCE + 1]), now=NOW)
    for at in range(0, MOST_OF_A_TASK, MOST_AT_ONCE):
        side = "before" if at < MOST_OF_A_TASK / 2 else "after"
        add_photos(CLERK, office, 1, side, sent(*many[at : at + MOST_AT_ONCE]), now=NOW)
    with pytest.raises(TooManyError):
        add_photos(CLERK, office, 1, "after", sent(many[-1]), now=NOW)


@pytest.mark.parametrize("who", [OTHER, OTHER_LINE, LEADER, Grant("nobody")])
def test_others_add_none(office, who):
    with pytest.raises(Refused):
        add_photos(who, office, 1, "after", sent(picture()), now=NOW)


@pytest.mark.parametrize("who", [OTHER, OTHER_LINE, Grant("nobody")])
def test_whoever_does_not_see_the_task_sees_no_photo(office, who):
    (number,) = add_photos(CLERK, office, 1, "after", sent(picture()), now=NOW)
    with pytest.raises(Refused):
        photo(who, office, number)
    with pytest.raises(Refused):
        photos_of(who, office, 1)


def test_a_hidden_photo_is_shown_to_nobody_and_says_why(office):
    (number,) = add_photos(CLERK, office, 1, "after", sent(picture()), now=NOW)
    hide(CLERK, office, number, "拍到了孩子的脸", now=NOW)
    with pytest.raises(LookupError):
        photo(OFFICE, office, number)
    assert photos_of(OFFICE, office, 1)[0].hidden == "拍到了孩子的脸"
    with pytest.raises(LookupError):
        hide(OFFICE, office, number, "再来", now=NOW)


def test_the_line_hides_only_its_own(office):
    (number,) = add_photos(CLERK, office, 1, "after", sent(picture()), now=NOW)
    with pytest.raises(Refused):
        hide(LINE, office, number, "不清楚", now=NOW)
    hide(OFFICE, office, number, "不清楚", now=NOW)


def test_a_copy_of_the_database_holds_the_photos(sqlite_store, sqlite_url, tmp_path):
    set_up(sqlite_store)
    new = NewTask("C01", "2026-03", "A1", "讲堂", "少", "补", "culture", (), date(2026, 4, 20), {})
    make(OFFICE, sqlite_store, [new], now=NOW)
    (number,) = add_photos(CLERK, sqlite_store, 1, "after", sent(picture()), now=NOW)
    before = photo(OFFICE, sqlite_store, number)
    sqlite_store.close()
    shutil.copy(sqlite_url.removeprefix("sqlite:///"), tmp_path / "copy.db")
    restored = open_store(f"sqlite:///{tmp_path / 'copy.db'}")
    assert photo(OFFICE, restored, number) == before
    restored.close()


@pytest.mark.parametrize("form", ["JPEG", "WEBP"])
def test_camera_data_that_is_broken_anywhere_never_breaks_the_program(form):
    about = Image.Exif()
    about[0x0112], about[0x010F] = 6, "Camera"
    whole = picture(form=form, exif=about)
    start = whole.index(b"Exif") if b"Exif" in whole else whole.index(b"EXIF")
    for at in range(start, min(start + 50, len(whole))):
        for sign in (0, 0xFF):
            try:
                read_photo(whole[:at] + bytes([sign]) + whole[at + 1 :])
            except PhotoError as fault:
                assert fault.kind in ("no_photo", "pixels")
