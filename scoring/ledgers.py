"""Ledgers (台账): the lists that communities or the office keep, and the fields of their rows."""

from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    SerializerFunctionWrapHandler,
    StringConstraints,
    model_serializer,
    model_validator,
)
from pydantic import Field as Key

from scoring.faults import Fault

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
"""A stable code of a ledger or field: small Latin letters, digits and underscores."""

FieldType = Literal["text", "date", "whole", "decimal", "yes_no", "choice", "choices", "grade"]
NUMBERS: tuple[FieldType, ...] = ("whole", "decimal")
DEFAULT_GRADES = ("A", "B", "C", "C#")


class Strict(BaseModel):
    """The base of everything an edition is made of: frozen, and no key that is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LedgerField(Strict):
    """One column of a ledger."""

    code: Code
    title: str
    type: FieldType = "text"
    required: bool = False
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    usual: tuple[float, float] | None = None
    help: str = ""
    personal: bool | Literal["child"] | None = None

    @model_serializer(mode="wrap")
    def _without_absent_mark(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """An edition that does not say keeps the digest that it had before the key was known."""
        content: dict[str, Any] = write(self)
        if self.personal is None:
            content.pop("personal", None)
        return content

    @model_validator(mode="after")
    def _choices_belong_to_choice_fields(self) -> Self:
        if (self.type in ("choice", "choices")) != bool(self.choices):
            raise Fault("a field of type choice or choices, and no other, lists its choices")
        if self.grades and self.type != "grade":
            raise Fault("only a field of type grade lists grades")
        if self.usual is not None and self.type not in NUMBERS:
            raise Fault("only a number has a usual range")
        return self

    @property
    def scale(self) -> tuple[str, ...]:
        """The grades that may stand in this field, best first; empty for other types."""
        return (self.grades or DEFAULT_GRADES) if self.type == "grade" else ()


class Ledger(Strict):
    """A list of archive items (档案条目), keeping either events or the present state."""

    code: Code
    title: str
    keeps: Literal["events", "state"]
    kept_by: Literal["community", "office"] = "community"
    aliases: tuple[str, ...] = ()
    fields: Annotated[tuple[LedgerField, ...], Key(min_length=1)]
    date: Code | None = None
    name: Code | None = None
    key: tuple[Code, ...] = ()
    help: str = ""

    @model_validator(mode="after")
    def _fields_are_known(self) -> Self:
        codes = [field.code for field in self.fields]
        doubled = sorted({code for code in codes if codes.count(code) > 1})
        if doubled:
            raise Fault("field {field} is defined twice", field=", ".join(doubled))
        if "rows" in codes:
            raise Fault("a field cannot be called rows: that word counts rows")
        for code in [self.date, self.name, *self.key]:
            if code is not None and code not in codes:
                raise Fault("there is no field {field}", field=code)
        if self.date is not None and self.field(self.date).type != "date":
            raise Fault("field {field}, named by date, is not of type date", field=self.date)
        if self.keeps == "events" and (self.date_field is None or not self.key_fields):
            raise Fault("a ledger of events needs a field of type date and key fields")
        return self

    def field(self, code: str) -> LedgerField:
        """The field with this code; raises KeyError where there is none."""
        for field in self.fields:
            if field.code == code:
                return field
        raise KeyError(code)

    def has_field(self, code: str) -> bool:
        """Whether the ledger has a field with this code."""
        return any(field.code == code for field in self.fields)

    @property
    def date_field(self) -> str | None:
        """The field that dates a row: the one named, else the first of type date."""
        return self.date or next((field.code for field in self.fields if field.type == "date"), None)

    @property
    def name_field(self) -> str | None:
        """The field that names a row: the one named, else the first of type text."""
        return self.name or next((field.code for field in self.fields if field.type == "text"), None)

    @property
    def key_fields(self) -> tuple[str, ...]:
        """The fields in which two rows must be equal to be the same event; default date and name."""
        if self.keeps == "state" or self.key:
            return self.key
        return tuple(code for code in (self.date_field, self.name_field) if code is not None)
