"""What is wrong in a checklist file, in the reader's language."""

from beicha.words.language import Language, say
from scoring.checklist_files import EditionProblem


def fault_line(problem: EditionProblem, language: Language) -> str:
    """One line of plain text: file, criterion and key, and what is wrong there."""
    return f"{problem.place}: {say(language, problem.fault.text, **problem.fault.values)}"
