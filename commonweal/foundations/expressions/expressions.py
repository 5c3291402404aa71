"""Compile an expression against the kinds of its names, and evaluate it with values of those kinds.

Source: the CEL specification; Google's implementation. It has no side effects, and goes through lists alone: so it
ends. What it goes through has a name: a list of its own making could hold twice as much as the one before, and forty of
them in a row fill any memory. So do long texts that are put together at each of 10,000 steps.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from cel_expr_python import cel

_LITERAL = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")
_GOES_THROUGH = re.compile(r"\.\s*(?:all|exists|exists_one|filter|map)\s*\(")
_NAME_BEFORE = re.compile(r"(?:^|[^\w.\s)\]}]|\bin\s)\s*[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*\s*$")
_MOST_SUMS = 3
LONGEST = 1000
"""Characters of an expression."""

Value = bool | int | float | str | date | list[str] | list[dict[str, Any]]


class Kind(StrEnum):
    """What a name stands for, and what an expression gives."""

    TRUTH = "yes or no"
    WHOLE = "a whole number"
    DECIMAL = "a number"
    TEXT = "text"
    DAY = "a date"
    TEXTS = "a list of texts"
    ROWS = "a list of groups"


class NotAnExpression(ValueError):
    """The text is not an expression over these names; `sentence` says where and why."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


@dataclass(frozen=True)
class Expression:
    """A compiled expression."""

    source: str
    kinds: Mapping[str, Kind]
    compiled: Any

    @property
    def names(self) -> frozenset[str]:
        """The names that it mentions."""
        bare = _LITERAL.sub("''", self.source)
        return frozenset(name for name in self.kinds if re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", bare))

    def work_out(self, values: Mapping[str, Value]) -> Value | None:
        """Evaluate it. None when it uses something unknown, divides by zero or takes too many steps."""
        data = {name: _plain(value) for name, value in values.items() if name in self.kinds}
        try:
            found = self.compiled.eval(data=data)
        except RuntimeError:
            return None
        return None if found.type() in _NOTHING else found.value()

    def holds(self, values: Mapping[str, Value]) -> bool:
        """Whether a condition holds. A condition that uses something unknown does not."""
        return self.work_out(values) is True


def compile_expression(source: str, *, kinds: Mapping[str, Kind], gives: Kind) -> Expression:
    """The expression over names of these kinds. Raises NotAnExpression unless it gives what it must.

    Beside the operators of CEL there are `years(a, b)` and `days(a, b)`: completed ones from date a to date b.
    """
    if len(source) > LONGEST:
        raise NotAnExpression(f"An expression has at most {LONGEST} characters.")
    _require_bounded(source)
    return _compile(source, tuple(sorted(kinds.items())), gives)


def _require_bounded(source: str) -> None:
    if "//" in source:
        raise NotAnExpression("An expression holds no comment (//).")
    steps = list(_GOES_THROUGH.finditer(source))
    if not all(_NAME_BEFORE.search(source[: step.start()]) for step in steps):
        raise NotAnExpression("What all, exists, exists_one, filter and map go through is named, like answers.items.")
    if steps and source.count("+") > _MOST_SUMS:
        raise NotAnExpression(f"An expression that goes through a list has at most {_MOST_SUMS} sums (+).")


@lru_cache(maxsize=4096)
def _compile(source: str, kinds: tuple[tuple[str, Kind], ...], gives: Kind) -> Expression:
    try:
        compiled = _environment(kinds).compile(source)
    except RuntimeError as error:
        raise NotAnExpression(_first_line(str(error))) from None
    given = compiled.return_type()
    if given != _TYPES[gives] and not (gives is Kind.DECIMAL and given == cel.Type.INT):
        raise NotAnExpression(f"This must give {gives}.")
    return Expression(source, dict(kinds), compiled)


@lru_cache(maxsize=512)
def _environment(kinds: tuple[tuple[str, Kind], ...]) -> Any:
    return cel.NewEnv(
        variables={name: _TYPES[kind] for name, kind in kinds},
        functions=[
            cel.FunctionDecl(name, [cel.Overload(name, cel.Type.INT, [cel.Type.TIMESTAMP, cel.Type.TIMESTAMP])])
            for name in _FUNCTIONS
        ],
        function_impls=_FUNCTIONS,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    if isinstance(value, list):
        return [_within(one) for one in value]
    return value


def _within(value: Any) -> Any:
    """Within a group a date is text in ISO form, which sorts as dates do: the implementation takes no dates there."""
    if isinstance(value, dict):
        return {name: one.isoformat() if isinstance(one, date) else one for name, one in value.items()}
    return value


def _years(begin: Any, end: Any) -> int:
    first, last = _moment(begin), _moment(end)
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def _days(begin: Any, end: Any) -> int:
    return (_moment(end) - _moment(begin)).days


def _moment(value: Any) -> datetime:
    found: datetime = value.value() if hasattr(value, "value") else value
    return found


def _first_line(message: str) -> str:
    line = message.removeprefix("INVALID_ARGUMENT: ").splitlines()[0]
    return f"{line.removeprefix('ERROR: <input>:').strip()}."


_NOTHING = [cel.Type.ERROR, cel.Type.UNKNOWN]
_FUNCTIONS = {"years": _years, "days": _days}
_TYPES = {
    Kind.TRUTH: cel.Type.BOOL,
    Kind.WHOLE: cel.Type.INT,
    Kind.DECIMAL: cel.Type.DOUBLE,
    Kind.TEXT: cel.Type.STRING,
    Kind.DAY: cel.Type.TIMESTAMP,
    Kind.TEXTS: cel.Type.List(cel.Type.STRING),
    Kind.ROWS: cel.Type.List(cel.Type.Map(cel.Type.STRING, cel.Type.DYN)),
}
