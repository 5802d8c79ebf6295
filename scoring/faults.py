"""What is wrong in a checklist file, as a sentence that can be said in any language."""

from typing import Any


class Fault(ValueError):  # noqa: N818 - handed on as a value as often as it is raised
    """An English sentence with places in braces, and what fills them."""

    def __init__(self, text: str, /, **values: Any) -> None:
        super().__init__(text.format(**values))
        self.text = text
        self.values = values
