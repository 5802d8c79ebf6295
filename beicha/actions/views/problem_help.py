"""The catalogue of problems as help: every code with its sentence and advice in the reader's language."""

import re
from dataclasses import dataclass

from beicha.intake.catalogue import CATALOGUE, Level
from beicha.words.language import Language, say

_PLACE = re.compile(r"\{\w+\}")


@dataclass(frozen=True)
class ProblemHelp:
    """One kind of problem; “…” stands for what is filled in. ``advice`` is '' where nothing needs to be done."""

    code: str
    level: Level
    sentence: str
    advice: str

    def says(self, wanted: str) -> bool:
        """Whether it holds every word that is wanted, in whatever case."""
        text = f"{self.code} {self.sentence} {self.advice}".casefold()
        return all(word in text for word in wanted.casefold().split())


def problem_help(language: Language, wanted: str = "") -> dict[Level, list[ProblemHelp]]:
    """The kinds of problem that hold the words wanted, or all, by level, the gravest first."""
    found: dict[Level, list[ProblemHelp]] = {"error": [], "warning": [], "note": []}
    for code, (level, sentence, advice) in CATALOGUE.items():
        one = ProblemHelp(code, level, _shown(sentence, language), _shown(advice, language))
        if one.says(wanted):
            found[level].append(one)
    return found


def _shown(text: str, language: Language) -> str:
    return _PLACE.sub("…", say(language, text)) if text else ""
