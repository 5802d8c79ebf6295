"""Why a form cannot be used, and what to do."""

from beicha.actions.documents.forms import FormError
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say

FAULTS = {
    "not_word": later("This is no Word file (.docx). Save it as “Word document (.docx)” and choose it again."),
    "large": later("The form is too large: at most 2 MB. Leave out pictures, or make them smaller."),
    "macros": later("The form holds macros. Save it as .docx without macros and choose it again."),
    "place": later("The form says “{found}”, which is no place for anything. Use only the places listed below."),
    "body": later("The form has no place for the text. Write the place body in a paragraph of its own."),
    "broken": later("A place in the form is written wrongly ({found}). Write it in one go, as in the sample."),
}


def form_text(fault: FormError, language: Language) -> str:
    """The sentence."""
    text = FAULTS[fault.kind]
    return literal(say(language, text, found=fault.found) if "{found}" in text else say(language, text))
