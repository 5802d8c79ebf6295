"""Conditions on the fields of a row: what ``where``, ``has`` and ``part`` are made of."""

from datetime import date
from functools import cached_property
from typing import Self

from pydantic import model_validator

from scoring.faults import Fault
from scoring.ledgers import NUMBERS, Code, Ledger, LedgerField, Strict
from scoring.texts import normal

Operand = bool | int | float | date | str
TESTS = ("equals", "one_of", "at_least", "at_most", "contains", "present", "absent")
_PYTHON_TYPES: dict[str, type | tuple[type, ...]] = {
    "date": date,
    "yes_no": bool,
    "whole": (int, float),
    "decimal": (int, float),
}


class Condition(Strict):
    """One test of one field. A blank field meets no test but ``absent``."""

    field: Code
    equals: Operand | None = None
    one_of: tuple[Operand, ...] | None = None
    at_least: float | date | None = None
    at_most: float | date | None = None
    contains: str | None = None
    present: bool | None = None
    absent: bool | None = None

    @model_validator(mode="after")
    def _exactly_one_test(self) -> Self:
        given = [test for test in TESTS if getattr(self, test) is not None]
        if len(given) != 1:
            raise Fault(
                "exactly one of {tests} is needed, found {found}", tests=", ".join(TESTS), found=", ".join(given) or 0
            )
        if False in (self.present, self.absent):
            raise Fault("present and absent are only ever true; use the other one")
        return self

    @cached_property
    def test(self) -> str:
        """Which of the seven tests this condition makes."""
        return next(test for test in TESTS if getattr(self, test) is not None)

    @property
    def operand(self) -> object:
        """What the field is tested against."""
        return getattr(self, self.test)

    @cached_property
    def _hash(self) -> int:
        return hash((self.field, self.test, self.operand))

    def __hash__(self) -> int:
        return self._hash


def complaint(condition: Condition, ledger: Ledger) -> Fault | None:
    """Why the condition cannot be put to rows of this ledger, or None where it can."""
    if not ledger.has_field(condition.field):
        return Fault("ledger {ledger} has no field {field}", ledger=ledger.code, field=condition.field)
    field, test = ledger.field(condition.field), condition.test
    if test in ("present", "absent"):
        return None
    if test in ("at_least", "at_most"):
        return _bound_complaint(condition, field.type)
    if test == "contains":
        return None if field.type in ("text", "choice", "choices") else _misfit(test, field.type)
    operands = condition.one_of if condition.one_of is not None else (condition.operand,)
    return next((found for operand in operands if (found := _operand_complaint(operand, field))), None)


def _misfit(test: str, type_: str) -> Fault:
    return Fault("{test} does not fit a field of type {type}", test=test, type=type_)


def _bound_complaint(condition: Condition, type_: str) -> Fault | None:
    if type_ not in (*NUMBERS, "date"):
        return _misfit(condition.test, type_)
    if (type_ == "date") != isinstance(condition.operand, date):
        return _no_value(condition.operand, type_)
    return None


def _no_value(operand: object, type_: str) -> Fault:
    return Fault("{value} is no value of a field of type {type}", value=operand, type=type_)


def _operand_complaint(operand: object, field: LedgerField) -> Fault | None:
    kind = _PYTHON_TYPES.get(field.type, str)
    if not isinstance(operand, kind) or (isinstance(operand, bool) and field.type != "yes_no"):
        return _no_value(operand, field.type)
    known = {normal(value) for value in (*field.choices, *field.scale)}
    if known and isinstance(operand, str) and normal(operand) not in known:
        return Fault("{value} is none of the values of field {field}", value=operand, field=field.code)
    return None
