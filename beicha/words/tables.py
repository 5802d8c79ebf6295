"""Scores as lines of text for the command line."""

from collections.abc import Iterator
from typing import Any

from beicha.words.language import Language, say
from beicha.words.states import state_word


def score_table(values: dict[str, Any], language: Language) -> str:
    """The scores of ``actions.scoring_files.as_json`` for a person to read: problems first, then the communities."""
    return "\n".join([*_problems(values, language), *_communities(values, language)])


def _problems(values: dict[str, Any], language: Language) -> Iterator[str]:
    for file in values["files"]:
        for problem in file["problems"]:
            row = say(language, "row {row}", row=problem["row"]) if problem["row"] else ""
            place = " · ".join(part for part in (problem["file"], problem["sheet"], row, problem["column"]) if part)
            yield f"{place}: {problem['sentence']} {problem['advice']}".rstrip()


def _communities(values: dict[str, Any], language: Language) -> Iterator[str]:
    for community in values["communities"]:
        score = "–" if community["score"] is None else f"{community['score']:.2f}"
        yield ""
        yield f"{community['community']}  {values['period']}  {score}  {community['band']}"
        for section in community["sections"]:
            rate = "–" if section["rate"] is None else f"{100 * section['rate']:.2f}%"
            yield f"  {section['title']}  {section['earned']:.2f} / {section['points']:.2f}  {rate}"
        for criterion in community["criteria"]:
            if criterion["lost"] > 0:
                state = say(language, state_word(criterion["state"]).word)
                what = f"{criterion['code']} {criterion['title']}"
                yield f"    -{criterion['lost']:.2f}  {what}  {state}  {criterion['reason']['sentence']}"
