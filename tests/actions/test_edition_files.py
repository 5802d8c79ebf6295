"""Editions are found by name or by path; a checklist that cannot be used is refused with every problem."""

import pytest

from beicha.actions.edition_files import EditionRefusedError, check_edition, find_edition
from tests.checklists.editions import FOLDER


def refusal(find, name: object) -> list[str]:
    with pytest.raises(EditionRefusedError) as refused:
        find(str(name))
    return [str(problem) for problem in refused.value.problems]


def test_an_edition_is_found_by_name_and_by_path():
    assert find_edition("street-monthly").digest == find_edition(str(FOLDER / "street-monthly.yaml")).digest


def test_a_file_that_is_not_there_is_refused(tmp_path):
    path = tmp_path / "none.yaml"
    assert refusal(find_edition, path) == [f"{path}: there is no such file"]


def test_a_file_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "old.yaml"
    path.write_bytes("title: 测评".encode("gb18030"))
    assert refusal(find_edition, path) == [f"{path}: the file is not UTF-8 text"]


def test_an_edition_whose_examples_hold_passes_the_check():
    assert check_edition("street-monthly").name == "street-monthly"


def test_an_edition_whose_example_fails_does_not_pass_the_check(tmp_path):
    path = tmp_path / "changed.yaml"
    path.write_text((FOLDER / "street-monthly.yaml").read_text("utf-8").replace("each: 10}", "each: 20}"), "utf-8")
    assert find_edition(str(path)).name == "street-monthly"
    assert "changed.yaml · JC-1 · examples[3]: its fraction is 0.8, not 0.9" in refusal(check_edition, path)
