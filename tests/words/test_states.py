"""Each state has its own sign, word and colour, the same everywhere."""

from beicha.words.language import LANGUAGES
from beicha.words.states import STATE_WORDS, state_word
from scoring.states import STATES


def test_every_state_of_the_scoring_has_its_word() -> None:
    assert tuple(STATE_WORDS) == STATES


def test_no_two_states_share_a_sign_or_a_word() -> None:
    assert len({state.sign for state in STATE_WORDS.values()}) == len(STATES)
    for language in LANGUAGES:
        assert len({state.said(language) for state in STATE_WORDS.values()}) == len(STATES)


def test_a_state_is_found_by_code_and_by_number() -> None:
    assert state_word("missing") is state_word(3)
    assert state_word("missing").said("zh_CN") == "□ 未填"


def test_not_reported_and_not_filled_in_look_different() -> None:
    assert (state_word("missing").fill, state_word("not_reported").fill) == ("outlined", "hatched")
