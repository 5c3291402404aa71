"""`@query`: the only way other packages read. It runs within a scope of its organisation and returns frozen rows."""

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from commonweal.foundations.actions.action import check_signature
from commonweal.foundations.personal_data import trace
from commonweal.foundations.personal_data.purposes import Purpose
from commonweal.foundations.personal_data.reading import current_reading, reading
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.scopes import Kind, open_scope_or_none, read_scope

P = ParamSpec("P")
R = TypeVar("R")

QUERIES: dict[str, Callable[..., Any]] = {}


def query(*, opens: Purpose | None = None, is_listing: bool = False) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a query: `def find(actor, *, organisation, ...)`.

    With `opens` it runs inside a reading for that purpose (or joins the reading of the query that calls it, whose
    purpose then stands); without, inside a read scope. `is_listing` marks values shown masked in a list. A query over
    several bodies takes `organisations`; it opens nothing.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        usual = check_signature(function)

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            (actor,) = args
            outer = open_scope_or_none()
            named: dict[str, Any] = {**usual, **kwargs}
            if opens is not None:
                if outer is not None and outer.kind is Kind.READING:
                    current_reading()
                    return function(*args, **kwargs)
                organisation = named["organisation"]
                with reading(actor, purpose=opens, organisation=organisation, is_listing=is_listing):  # type: ignore[arg-type]
                    return function(*args, **kwargs)
            organisations = tuple(named["organisations"]) if "organisations" in named else (named["organisation"],)
            try:
                with read_scope(actor, organisations):  # type: ignore[arg-type]
                    return function(*args, **kwargs)
            except ReadingRefused as refusal:
                if outer is None and len(organisations) == 1:
                    trace.record_refusal(actor, refusal, organisation=organisations[0])  # type: ignore[arg-type]
                raise

        name = f"{function.__module__.split('.capabilities.')[-1].split('.')[0]}.{function.__name__}"
        QUERIES[name] = run
        return run

    return decorate
