"""Whether an edition keeps what its own examples promise."""

from collections.abc import Iterator

from scoring.checklist_files import EditionProblem
from scoring.edition import Criterion, Edition, Example
from scoring.examples import run_example
from scoring.faults import Fault

CLOSE = 1e-8
"""An example's fraction, written with nine digits, may be so far off."""


def failed_examples(edition: Edition, file: str) -> tuple[EditionProblem, ...]:
    """A problem for each example that leads elsewhere than it says; ``file`` names the edition's file in them."""
    return tuple(_failures(edition, file))


def _failures(edition: Edition, file: str) -> Iterator[EditionProblem]:
    for criterion in edition.criteria:
        for number, example in enumerate(criterion.examples, 1):
            fault = _fault(edition, criterion, example)
            if fault is not None:
                yield EditionProblem(file, criterion.code, f"examples[{number}]", fault)


def _fault(edition: Edition, criterion: Criterion, example: Example) -> Fault | None:
    try:
        state, fraction, _ = run_example(edition, criterion, example)
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError) as error:  # a row holds whatever it says
        return Fault("its rows do not fit the ledgers: {error}", error=error.args[0] if error.args else "")
    if state != example.state:
        return Fault("it leads to {found}, not to {wanted}", found=state, wanted=example.state)
    if example.fraction is not None and not abs(fraction - example.fraction) <= CLOSE:
        found, wanted = f"{fraction:.9g}", f"{example.fraction:.9g}"
        return Fault("its fraction is {found}, not {wanted}", found=found, wanted=wanted)
    return None
