"""Where a file names another month or community than was chosen, or none: what it may be of, to be settled in place."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from beicha.actions.drafts import Draft, DraftFile
from beicha.intake.answers import NO_ANSWERS, Answers, Belonging
from beicha.intake.catalogue import SOURCES
from beicha.intake.communities import bare_name
from beicha.intake.problems import Problem, sentence
from beicha.words.language import Language, later, say

About = Literal["month", "community"]
ABOUT: tuple[About, ...] = ("month", "community")
_CODES: Mapping[str, About] = {
    "month_missing": "month",
    "month_unreadable": "month",
    "month_differs": "month",
    "community_missing": "community",
    "community_differs": "community",
}
_MONTH = re.compile(r"\d{4}-\d{2}")


@dataclass(frozen=True)
class Matter:
    """What is to be settled about one file: why, and the likely answers, each with where it comes from.

    An answer is a month "YYYY-MM" or a community's code.
    """

    sha256: str
    file: str
    about: About
    why: str
    likely: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Asker:
    """Who asks: the communities' names by code, what the user chose before the files were read, the language."""

    names: Mapping[str, str]
    chosen: Collection[About]
    language: Language

    def matters(self, draft: Draft) -> tuple[Matter, ...]:
        """What has to be settled, file by file."""
        found = []
        for file in draft.files:
            for about in ABOUT:
                asked = [problem for problem in file.problems if _CODES.get(problem.code) == about]
                if asked:
                    found.append(self._matter(file, about, asked))
        return tuple(found)

    def _matter(self, file: DraftFile, about: About, asked: Sequence[Problem]) -> Matter:
        likely: dict[str, str] = {}
        for text, source in (said for problem in asked for said in self._said(problem, about)):
            answer = text if about == "month" else self._code(text)
            if answer and (about == "community" or _MONTH.fullmatch(answer)):
                likely.setdefault(answer, source)
        why = " ".join(dict.fromkeys(sentence(problem, self.language) for problem in asked))
        return Matter(file.sha256, file.name, about, why, tuple(likely.items()))

    def _said(self, problem: Problem, about: About) -> Iterator[tuple[str, str]]:
        """What the problem says stands in the file or was expected, each with its source in words."""
        if "source" in problem.values:
            yield problem.found, say(self.language, SOURCES[problem.values["source"]])
        if "expected" in problem.values:
            source = later("chosen before") if about in self.chosen else SOURCES["cover"]
            yield str(problem.values["expected"]), say(self.language, source)

    def _code(self, name: str) -> str:
        """The code of the only community of that name, whatever its ending; "" where there is none or several."""
        codes = [code for code, known in self.names.items() if bare_name(known) == bare_name(name)]
        return codes[0] if len(codes) == 1 else ""


def settled(answers: Iterable[tuple[Matter, str]]) -> Answers:
    """The answers to matters as answers to the draft."""
    found = NO_ANSWERS
    for matter, answer in answers:
        said = {"period" if matter.about == "month" else "community": answer}
        found = found.settling([Belonging(matter.sha256, **said)])
    return found
