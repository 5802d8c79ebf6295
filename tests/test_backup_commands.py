"""The commands around backups, run as a person runs them."""

import pytest

import manage
from beicha.actions.opening import the_store
from beicha.store import assessments
from tests.actions.office import day, lecture, lectures, set_up
from tests.actions.test_submitting import send


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("BEICHA_DATABASE_URL", raising=False)

    def run_in(home, *arguments):
        monkeypatch.setenv("BEICHA_HOME", str(tmp_path / home))
        status = manage.main(["--language", "en", *map(str, arguments)])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    monkeypatch.setenv("BEICHA_HOME", str(tmp_path / "old"))
    set_up(the_store())
    send(the_store(), lectures(lecture(day(3, 5))))
    yield run_in
    for home in ("old", "new"):
        monkeypatch.setenv("BEICHA_HOME", str(tmp_path / home))
        the_store().close()


def test_a_backup_is_made_restored_and_verified(run, tmp_path):
    status, out, err = run("old", "backup", "--to", tmp_path / "backups")
    assert (status, err) == (0, "")
    (made,) = (tmp_path / "backups").iterdir()
    assert str(made) in out
    status, out, err = run("new", "restore", made)
    assert (status, err) == (0, "")
    assert "Verified: all 9 stored scores" in out
    assert run("new", "restore", made)[0] == 1, "it holds data now"


def test_what_cannot_be_restored_is_said_in_a_line(run, tmp_path):
    assert run("new", "restore", tmp_path / "none.db")[0] == 1
    (tmp_path / "text.db").write_text("no database")
    status, out, err = run("new", "restore", tmp_path / "text.db")
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 1


def test_a_score_that_differs_makes_verify_fail_with_its_name(run):
    assert run("old", "verify")[0] == 0
    with the_store().write() as change:
        assessments.forget(change, "2026-02", "2026-02", ["C02"])
    status, out, err = run("old", "verify")
    assert (status, out) == (1, "")
    assert "1 of 9" in err
    assert "2026-02 C02" in err


def test_a_store_is_moved_and_a_full_one_is_not_written_over(run, tmp_path):
    url = f"sqlite:///{tmp_path / 'new' / 'beicha.db'}"
    assert run("old", "move-store", "--to", url)[0] == 0
    assert run("old", "move-store", "--to", url)[0] == 1
    assert run("new", "verify")[:2] == (0, "Verified: all 9 stored scores are what their facts give.\n")
