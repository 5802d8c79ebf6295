"""The commands, run as a person runs them: what they print, what they store, and their exit status."""

import json
import socket
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook
from pyotp import TOTP

import manage
from beicha.actions import second_factor, second_step, sessions, submissions
from beicha.actions.grants import OFFICE
from beicha.actions.opening import the_store
from beicha.actions.signing_in import Attempt, sign_in
from beicha.store import audit
from beicha.store.files import NamedFile
from tests.actions.office import MARCH, area_file, broken, day, lecture, lectures
from tests.intake.test_archive import zipped
from tests.intake.workbooks import edition


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.delenv("BEICHA_DATABASE_URL", raising=False)
    monkeypatch.setenv("BEICHA_HOME", str(tmp_path / "home"))
    yield tmp_path
    the_store().close()


@pytest.fixture
def run(capsys):
    def run_command(*arguments, language="en"):
        status = manage.main(["--language", language, *map(str, arguments)])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run_command


def written(folder, *files):
    paths = [folder / file.name for file in files]
    for path, file in zip(paths, files, strict=True):
        path.write_bytes(file.content)
    return paths


@pytest.fixture
def office(home, run, tmp_path):
    """A database that is set up by commands alone."""
    (path,) = written(tmp_path, area_file())
    assert run("areas", "import", path)[0] == 0
    checklist = tmp_path / "small.yaml"
    checklist.write_text(edition_text(), "utf-8")
    assert run("edition", "activate", checklist, "--from", "2026-01")[0] == 0
    return tmp_path


def edition_text():
    from pathlib import Path

    import tests.intake.workbooks as place

    return Path(place.__file__).with_name("edition.yaml").read_text("utf-8")


def test_areas_are_imported_and_counted(home, run, tmp_path):
    (path,) = written(tmp_path, area_file())
    status, out, err = run("areas", "import", path)
    assert (status, err) == (0, "")
    assert out == "5 added, 0 changed, 0 closed, 0 unchanged, 0 not in the table\n"


def test_the_table_of_areas_comes_back_unchanged(office, run, tmp_path):
    assert run("areas", "table", "-o", tmp_path / "table.xlsx")[0] == 0
    status, out, _ = run("areas", "import", tmp_path / "table.xlsx")
    assert (status, out) == (0, "0 added, 0 changed, 0 closed, 5 unchanged, 0 not in the table\n")


def test_a_faulty_table_of_areas_is_refused_with_its_row(home, run, tmp_path):
    (path,) = written(tmp_path, area_file([["编码", "名称", "类别", "上级"], ["D1", "云溪区", "省", ""]]))
    status, out, err = run("areas", "import", path)
    assert (status, out) == (1, "")
    assert "row 2" in err
    assert "“省” is no kind of area." in err
    assert "Nothing was stored." in err


def test_an_edition_is_put_in_force_and_listed(office, run):
    status, out, _ = run("edition", "list")
    assert status == 0
    assert f"small  {edition().title} 2026  in force from 2026-01" in out


def test_workbooks_are_imported_each_by_itself(office, run):
    good, bad = lectures(lecture(day(3, 5))), broken(community="荷塘社区")
    status, out, _ = run("import", *written(office, good, bad))
    assert status == 1
    lines = out.splitlines()
    assert lines[0] == f"{good.name}  stored  2026-03  receipt 000001"
    assert lines[1].startswith(f"{bad.name}  not stored")
    assert "“某日某时” is not a date." in lines[2]
    assert len(submissions.history(OFFICE, the_store(), MARCH)) == 1


def test_importing_again_is_no_change_and_no_failure(office, run):
    paths = written(office, lectures(lecture(day(3, 5))))
    run("import", *paths)
    status, out, _ = run("import", *paths, "--json")
    assert status == 0
    assert [(found["state"], found["receipt"], found["periods"]) for found in json.loads(out)] == [
        ("unchanged", "000001", ["2026-03"])
    ]


def test_a_zip_is_imported_member_by_member(office, run, tmp_path):
    good = lectures(lecture(day(3, 5)))
    path = tmp_path / "三月.zip"
    path.write_bytes(zipped([(f"甲/{good.name}", good.content), ("Thumbs.db", b"")]))
    status, out, _ = run("import", path, "--json")
    assert status == 0
    assert [(found["file"], found["state"]) for found in json.loads(out)] == [
        (f"三月.zip/甲/{good.name}", "stored"),
        ("三月.zip/Thumbs.db", "left_out"),
    ]


def test_recomputing_tells_the_months(office, run):
    run("import", *written(office, lectures(lecture(day(3, 5)))))
    assert run("recompute")[:2] == (0, "Scored anew: 2026-01, 2026-02, 2026-03\n")
    assert run("recompute", "--period", "2026-02")[:2] == (0, "Scored anew: 2026-02\n")
    assert run("recompute", "--resume")[:2] == (0, "Scored anew: –\n")


def test_scoring_needs_no_database(run, tmp_path, monkeypatch):
    monkeypatch.setenv("BEICHA_DATABASE_URL", "nonsense://")
    file = lectures(lecture(day(3, 5)), lecture(day(3, 6)))
    (tmp_path / "small.yaml").write_text(edition_text(), "utf-8")
    status, out, err = run("score", *written(tmp_path, file), "--edition", tmp_path / "small.yaml", "--json")
    assert (status, err) == (0, "")
    values = json.loads(out)
    assert values["period"] == "2026-03"
    community = values["communities"][0]
    criterion = community["criteria"][0]
    assert (community["community"], criterion["code"], criterion["state"]) == ("桂花社区", "A1", "partial")
    assert criterion["fraction"] == pytest.approx(2 / 3)
    assert criterion["earned"] == pytest.approx(10 / 3)
    assert criterion["reason"]["code"] == "count_short"
    assert "NaN" not in out


def test_a_file_that_cannot_be_read_is_status_one_with_its_problem_as_json(run, tmp_path):
    (tmp_path / "small.yaml").write_text(edition_text(), "utf-8")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 nothing behind it")
    status, out, _ = run("score", tmp_path / "broken.xlsx", "--edition", tmp_path / "small.yaml", "--json")
    assert status == 1
    file = json.loads(out)["files"][0]
    assert file["readable"] is False
    assert file["problems"][0]["level"] == "error"


def test_a_missing_file_is_a_sentence(home, run):
    status, out, err = run("import", home / "absent.xlsx")
    assert (status, out) == (1, "")
    assert err.endswith("absent.xlsx: there is no such file.\n")


def test_an_unusable_database_is_a_sentence(run, monkeypatch, tmp_path):
    monkeypatch.setenv("BEICHA_DATABASE_URL", "mysql://somewhere/else")
    status, out, err = run("recompute")
    assert (status, out) == (1, "")
    assert err.startswith("The database cannot be used: mysql is not supported")


def test_an_edition_goes_out_as_a_workbook_and_comes_back(home, run, tmp_path):
    book = tmp_path / "small.xlsx"
    assert run("edition", "export", "street-monthly", "-o", book)[0] == 0
    plain, workbook = run("edition", "check", "street-monthly"), run("edition", "check", book)
    assert workbook == plain
    assert plain[0] == 0
    assert run("edition", "activate", book, "--from", "2026-01")[0] == 0
    status, _, err = run("edition", "check", tmp_path / "none.xlsx")
    assert status != 0
    assert "there is no such file" in err


def test_a_faulty_edition_names_file_criterion_and_key(home, run, tmp_path):
    (tmp_path / "bad.yaml").write_text(edition_text().replace("points: 5", "points: -5", 1), "utf-8")
    status, _, err = run("edition", "activate", tmp_path / "bad.yaml", "--from", "2026-01")
    assert status == 1
    assert "bad.yaml" in err
    assert "A1" in err
    assert "points" in err


def test_serving_with_half_a_sign_in_service_says_what_is_missing(office, run, monkeypatch):
    monkeypatch.setenv("BEICHA_OIDC_ISSUER", "https://login.example.cn")
    status, _, told = run("serve", "--port", 0)
    assert (status, "BEICHA_OIDC_CLIENT_ID" in told) == (1, True)


def test_a_taken_port_is_a_sentence(home, run):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        answer = run("serve", "--port", port)
    assert answer == (1, "", f"Port {port} is taken or not allowed. Give another one with --port.\n")


def test_a_month_that_is_none_is_refused_by_the_command_line(home, run, capsys):
    with pytest.raises(SystemExit) as ended:
        run("edition", "activate", "small", "--from", "2026-13")
    assert ended.value.code == 2


def test_commands_speak_chinese_unless_told_otherwise(home, run, tmp_path):
    (path,) = written(tmp_path, area_file())
    assert run("areas", "import", path, language="zh_CN")[1] == "新增 5,改动 0,停用 0,不变 0,表中未列 0\n"


def counts(out):
    return [line for line in out.splitlines() if not line.startswith(" ")]


def test_checking_lists_what_the_upload_page_lists_and_stores_nothing(office, run, tmp_path):
    file = broken()
    status, out, _ = run("check", *written(tmp_path, file))
    assert status == 1
    (named,) = counts(out)
    assert named == f"{file.name}  1 errors, 0 warnings, 0 notes"
    assert "row 2 · column B: “某日某时” is not a date. Write the date as 2026-03-05." in out
    assert submissions.history(OFFICE, the_store(), MARCH) == ()


def test_checking_says_in_json_what_the_draft_of_the_page_says(office, run, tmp_path):
    files = [broken(), lectures(lecture("2026年3月"), name="约数.xlsx")]
    _, out, _ = run("check", "--json", *written(tmp_path, *files))
    draft = submissions.read(OFFICE, the_store(), files)
    assert [
        (file["file"], [(problem["code"], problem["row"], problem["found"]) for problem in file["problems"]])
        for file in json.loads(out)
    ] == [(file.name, [(p.code, p.row, p.found) for p in file.problems]) for file in draft.files]


@pytest.mark.parametrize("place", ["edition", "office"])
def test_faulty_files_are_written_with_their_problems_marked(office, run, tmp_path, place):
    where = () if place == "office" else ("--edition", office / "small.yaml")
    text = NamedFile("荷塘社区2026-03道德讲堂.csv", "日期,主题,类型,参加人数\n某日,孝老爱亲,道德讲堂,40\n".encode())
    files = [lectures(lecture(day(3, 5)), community="松柏社区"), broken(), text, NamedFile("空.xlsx", b"")]
    folder = tmp_path / "标出" / "三月"
    status, out, _ = run("check", *written(tmp_path, *files), *where, "--annotated", folder)
    names = ["桂花社区坏（校验结果）.xlsx", "荷塘社区2026-03道德讲堂（校验结果）.xlsx"]
    assert (status, sorted(path.name for path in folder.iterdir())) == (1, names)
    assert out.splitlines()[-2:] == [f"Written: {folder / name}" for name in names]
    assert load_workbook(folder / names[0])["道德讲堂活动"]["H2"].value == "✖ Column B: “某日某时” is not a date."
    assert "某日" in [cell.value for row in load_workbook(folder / names[1])["荷塘社区2026-03道德讲堂"] for cell in row]


def test_a_marked_file_never_takes_the_place_of_another(office, run, tmp_path):
    folder = tmp_path / "标出"
    paths = written(tmp_path, broken())
    run("check", *paths, "--annotated", folder)
    (once,) = folder.iterdir()
    once.write_bytes(b"half mended")
    _, out, err = run("check", *paths, "--annotated", folder, "--json")
    assert (once.read_bytes(), err) == (b"half mended", f"Written: {folder / '桂花社区坏（校验结果）(2).xlsx'}\n")
    assert json.loads(out)[0]["errors"] == 1


def test_a_folder_that_is_none_is_a_sentence(office, run, tmp_path):
    (path,) = written(tmp_path, broken())
    status, _, err = run("check", path, "--annotated", path)
    assert (status, err) == (1, f"{path} cannot be used: File exists\n")


def test_a_file_with_warnings_alone_is_clean_enough(office, run, tmp_path):
    status, out, _ = run("check", *written(tmp_path, lectures(lecture("2026年3月"))))
    assert status == 0
    assert "0 errors, 1 warnings, 0 notes" in counts(out)[0]
    assert "▲" in out


def test_checking_under_an_edition_needs_no_database(run, tmp_path, monkeypatch):
    monkeypatch.setenv("BEICHA_DATABASE_URL", "sqlite:////nowhere/at/all.db")
    checklist = tmp_path / "small.yaml"
    checklist.write_text(edition_text(), "utf-8")
    paths = written(tmp_path, lectures(lecture("2026-03-05")), broken("荷塘社区"))
    assert run("check", "--edition", checklist, paths[0])[0] == 0
    status, out, _ = run("check", "--edition", checklist, *paths)
    assert status == 1
    assert len(counts(out)) == 2


@pytest.mark.parametrize("place", ["edition", "office"])
@pytest.mark.parametrize(
    ("option", "status"),
    [
        (("--period", "2026-03"), 0),
        (("--period", "2026-02"), 1),
        (("--community", "桂花社区"), 0),
        (("--community", "荷塘社区"), 1),
    ],
)
def test_a_file_must_be_of_the_month_and_community_that_were_given(office, run, tmp_path, place, option, status):
    paths = written(tmp_path, lectures(lecture("2026-03-05")))
    under = ["--edition", tmp_path / "small.yaml"] if place == "edition" else []
    assert run("check", *under, *option, *paths)[0] == status


def test_one_ledger_in_two_files_is_told_by_checking_as_well(office, run, tmp_path):
    files = [lectures(lecture(f"2026-03-{day:02d}"), name=f"{day}.xlsx") for day in (5, 6)]
    _, out, _ = run("check", *written(tmp_path, *files))
    assert out.count("stands in several files") == 2


def test_an_account_is_made_with_a_code_that_is_printed_once(office, run):
    status, printed, _ = run("account", "add", "Wang", "--name", "王芳", "--role", "office", "--role", "admin")
    assert status == 0
    code = printed.rsplit(" ", 1)[-1].strip()
    told = run("account", "list")[1].splitlines()
    assert told == [
        "wang  王芳  waits for the first sign-in",
        "  1  civilization office  everywhere",
        "  2  system administrator  everywhere",
    ]
    assert code not in "\n".join(told)
    answer = sign_in(the_store(), Attempt("wang", code, "127.0.0.1"), now=manage.now())
    assert second_step.known(the_store(), answer.half, manage.now()).sets_up
    assert "the next sign-in" in run("account", "second-factor", "on")[1]
    assert "Nobody must" in run("account", "second-factor", "off")[1]
    opened = sign_in(the_store(), Attempt("wang", code, "127.0.0.1"), now=manage.now()).opened
    assert opened.person.must_change


def test_a_lost_second_factor_is_taken_away_and_the_password_stays(office, run, quick_passwords):
    code = run("account", "add", "root", "--name", "王芳", "--role", "admin")[1].rsplit(" ", 1)[-1].strip()
    attempt, store = Attempt("root", code, "127.0.0.1"), the_store()
    half = second_step.known(store, sign_in(store, attempt, now=manage.now()).half, manage.now())
    offer, now = second_factor.offer(half.account, "root"), manage.now()
    shown = second_step.set_up(store, half, offer, TOTP(offer.secret).at(now), second_step.From("127.0.0.1"), now=now)
    assert sessions.change_password(store, shown.opened.person, "", "correct horse", now=now) is None
    assert run("account", "new-key")[1].startswith("1 second factors")
    assert run("account", "reset", "root", "--second-factor")[1] == "The second factor of root is taken away.\n"
    assert run("account", "reset", "root", "--second-factor")[::2] == (0, "")
    again = sign_in(store, Attempt("root", "correct horse", "127.0.0.1"), now=now)
    assert second_step.known(store, again.half, now).sets_up


def test_posts_are_given_and_taken_and_an_account_disabled(office, run):
    run("account", "add", "li", "--name", "李强", "--role", "clerk", "--area", "C01")
    assert run("account", "grant", "li", "--role", "line", "--lines", "office")[1].splitlines()[1:] == [
        "  1  community clerk  C01",
        "  2  line department  everywhere  office",
    ]
    assert run("account", "revoke", "li", 1)[1].splitlines()[1:] == ["  2  line department  everywhere  office"]
    assert run("account", "revoke", "li", 1)[::2] == (1, "li has no post 1.\n")
    assert "disabled" in run("account", "disable", "li")[1]
    assert "disabled" not in run("account", "enable", "li")[1]


def test_the_sign_ins_of_an_account_are_told_and_ended(office, run):
    code = (
        run("account", "add", "li", "--name", "李强", "--role", "clerk", "--area", "C01")[1].rsplit(" ", 1)[-1].strip()
    )
    assert run("account", "sessions", "li")[1] == "Nowhere at present.\n"
    opened = sign_in(the_store(), Attempt("li", code, "10.0.0.7", "Firefox/120.0 Windows"), now=manage.now()).opened
    assert "10.0.0.7  Firefox · Windows" in run("account", "sessions", "li")[1]
    assert run("account", "sessions", "li", "--end")[1].endswith("1 sign-ins ended.\n")
    assert sessions.by_token(the_store(), opened.token, manage.now()) is None
    assert "no account of this login" in run("account", "sessions", "nobody")[2]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["add", "local", "--name", "王芳", "--role", "office"], "A login has 2 to 64"),
        (["add", "li", "--name", "李强", "--role", "clerk", "--area", "nowhere"], "no area of this code"),
        (["add", "li", "--name", "李强", "--role", "line", "--lines", "nobody"], "no line of this code"),
        (["reset", "nobody"], "no account of this login"),
    ],
)
def test_what_cannot_be_an_account_is_said_in_a_sentence(office, run, arguments, why):
    status, printed, told = run("account", *arguments)
    assert (status, printed) == (1, "")
    assert why in told


def test_a_password_is_asked_for_twice_and_never_printed(office, run, monkeypatch):
    typed = iter(["a good password", "another one", "short", "short", "a good password", "a good password"])
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    status, printed, told = run("account", "add", "wang", "--name", "王芳", "--role", "office", "--password")
    assert (status, printed, told) == (1, "", "The two are not the same; no password was set.\n")
    assert "too short" in run("account", "reset", "wang", "--password")[2]
    status, printed, _ = run("account", "reset", "wang", "--password")
    assert status == 0
    assert "a good password" not in printed
    opened = sign_in(the_store(), Attempt("wang", "a good password", "127.0.0.1"), now=manage.now()).opened
    assert opened.person.must_change


def test_no_account_is_there_by_itself(home, run):
    assert run("account", "list")[:2] == (0, "")


def test_the_audit_is_checked_and_its_head_is_found_again(office, run):
    status, out, _ = run("audit", "head")
    number, digest = out.split()[0], out.split()[-1]
    assert (status, len(digest)) == (0, 64)
    status, out, _ = run("audit", "verify", "--head", digest[:16])
    assert status == 0
    assert out.splitlines() == [
        f"{number} rows fit, no. 1 to no. {number}. Newest digest: {digest}",
        f"The digest given is that of row {number}.",
    ]
    assert run("audit", "verify", "--head", "0" * 16)[0] == 1
    assert run("audit", "verify", "--head", digest[:15])[0] == 1


def test_a_row_that_was_changed_is_named_and_the_status_is_one(office, run):
    from sqlalchemy import text

    with the_store().write() as change:
        change.execute(text("DROP TRIGGER audit_no_update"))
        change.execute(text("UPDATE audit SET actor = 'li' WHERE seq = 2"))
    status, out, err = run("audit", "verify", language="zh_CN")
    assert (status, out, err) == (1, "", "第 2 条不符：这一条写入后被改过。\n")


def test_nothing_done_is_nothing_to_check(home, run):
    assert run("audit", "verify")[:2] == run("audit", "head")[:2] == (0, "Nothing was done yet.\n")


@pytest.mark.parametrize("name", ["audit.csv", "audit.XLSX"])
def test_the_audit_is_exported_by_the_files_ending(office, run, tmp_path, name):
    status, out, _ = run("audit", "export", "--from", "2000-01-01", "--to", "2100-01-01", tmp_path / name)
    assert (status, out.split(" ")[1]) == (0, "rows")
    assert (tmp_path / name).stat().st_size > 200
    assert run("audit", "export", tmp_path / "audit.txt")[0] == 1
    assert not (tmp_path / "audit.txt").exists()


def test_the_purge_says_what_it_did_or_why_not(home, run, tmp_path):
    with the_store().write() as change:
        for moment in (*[datetime(2020, 1, 1, tzinfo=UTC)] * 3, manage.now()):
            audit.add(change, moment, OFFICE, "recompute", "")
    (tmp_path / "taken").write_text("x")
    assert run("audit", "purge", "--before", "2100-01-01", "-o", tmp_path / "old.jsonl") == (
        1, "", "Rows of the last 180 days are kept: give an earlier day.\n"
    )  # fmt: skip
    assert run("audit", "purge", "--before", "2019-01-01", "-o", tmp_path / "old.jsonl") == (
        0, "There are no rows of before that day; nothing was removed.\n", ""
    )  # fmt: skip
    assert run("audit", "purge", "--before", "2021-01-01", "-o", tmp_path / "taken")[0] == 1
    status, out, _ = run("audit", "purge", "--before", "2021-01-01", "-o", tmp_path / "old.jsonl")
    assert (status, out) == (0, f"3 rows removed, up to no. 3; they are in {tmp_path / 'old.jsonl'}.\n")
    assert len((tmp_path / "old.jsonl").read_text().splitlines()) == 3
    assert run("audit", "verify")[0] == 0
