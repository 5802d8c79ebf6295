"""A faulty checklist is told about in the reader's language."""

import pytest

from beicha.words.faults import fault_line
from scoring.checklist_files import EditionProblem
from scoring.faults import Fault


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("zh_CN", "a.yaml · JT-1 · rule.of: 台账 talks 没有字段 seats"),
        ("en", "a.yaml · JT-1 · rule.of: ledger talks has no field seats"),
    ],
)
def test_a_fault_is_said_in_the_readers_language(language, line):
    fault = Fault("ledger {ledger} has no field {field}", ledger="talks", field="seats")
    assert fault_line(EditionProblem("a.yaml", "JT-1", "rule.of", fault), language) == line
