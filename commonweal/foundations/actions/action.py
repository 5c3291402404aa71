"""`@action`: the only way to change state. One outermost transaction, an actor, its own audit record."""

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.types.json import Jsonb

from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data.purposes import Purpose
from commonweal.foundations.personal_data.reading import reading
from commonweal.foundations.personal_data.trace import ReadingRefused, record_refusal
from commonweal.foundations.scope.scopes import Frame, Scope, open_scope_or_none, write_scope

P = ParamSpec("P")
R = TypeVar("R")


class Unrecorded(RuntimeError):
    """An action ended without its audit record: nothing was committed."""


class HalfDone(RuntimeError):
    """An action caught the failure of another: nothing was committed, because only half would have been."""


class Overtaken(RuntimeError):
    """What an action opened was changed before the action began: it opens it again and runs a second time."""


class BadSignature(TypeError):
    """An action or query does not begin with its actor, or takes positional arguments."""


ACTIONS: dict[str, Callable[..., Any]] = {}


def action(
    *,
    opens: Purpose | None = None,
    loads: Callable[..., Any] | None = None,
    needs: Callable[..., bool] | None = None,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an action: `def close(actor, *, organisation, ...)`.

    The outermost action opens the write scope; actions it calls join it. Each must leave an audit record, else nothing
    is committed. An action that needs sealed values declares the reading: `loads(actor, **arguments)` runs inside a
    reading for `opens` before the scope, and its result arrives as the argument `opened`. Where it only sometimes needs
    them, `needs(actor, **arguments)` says so first: what is not needed is not opened. Nothing holds what was opened
    still until the scope begins: an action that finds it changed raises Overtaken, and starts over once.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        usual = check_signature(function)
        name = f"{function.__module__.split('.capabilities.')[-1].split('.')[0]}.{function.__name__}"

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            (actor,) = args
            arguments: dict[str, Any] = {**usual, **kwargs}
            is_outermost = open_scope_or_none() is None
            try:
                return change(actor, arguments, is_outermost=is_outermost)
            except Overtaken:
                if not is_outermost:
                    raise
                return change(actor, arguments, is_outermost=True)

        def change(actor: Any, given: dict[str, Any], *, is_outermost: bool) -> R:
            organisation: int = given["organisation"]
            arguments = {**given, **_opened(actor, given, opens, loads, needs)}
            try:
                with write_scope(actor, organisation) as scope:
                    with _framed(scope, name):
                        result = function(actor, **arguments)
                    if is_outermost:
                        flush(scope)
            except ReadingRefused as refusal:
                if is_outermost:
                    record_refusal(actor, refusal, organisation=organisation)
                raise
            return result

        ACTIONS[name] = run
        return run

    return decorate


def _opened(
    actor: Any,
    given: dict[str, Any],
    opens: Purpose | None,
    loads: Callable[..., Any] | None,
    needs: Callable[..., bool] | None,
) -> dict[str, Any]:
    """What an action needs opened, in a reading of its own before its scope; nothing when it has it or needs none."""
    if loads is None or opens is None or given.get("opened") is not None:
        return {}
    if needs is not None and not needs(actor, **given):
        return {}
    with reading(actor, purpose=opens, organisation=given["organisation"]):
        return {"opened": loads(actor, **given)}


@contextmanager
def _framed(scope: Scope, name: str) -> Iterator[None]:
    """One action within a scope. One that fails breaks the whole scope, even when the action around it goes on."""
    frame = Frame(name)
    scope.frames.append(frame)
    try:
        yield
    except BaseException:
        scope.is_broken = True
        raise
    finally:
        scope.frames.pop()
    if scope.is_broken:
        raise HalfDone(f"{name} went on after an action inside it had failed.")
    if not frame.is_recorded:
        raise Unrecorded(f"{name} left no audit record.")


def check_signature(function: Callable[..., Any]) -> dict[str, Any]:
    """The organisation a platform action or query has without being told; empty for all others.

    Raises BadSignature unless the actor comes first, the rest by keyword, with an organisation among them.
    """
    parameters = list(inspect.signature(function).parameters.values())
    if not parameters or parameters[0].name != "actor":
        raise BadSignature(f"{function.__qualname__} must take its actor first.")
    if any(parameter.kind is not parameter.KEYWORD_ONLY for parameter in parameters[1:]):
        raise BadSignature(f"{function.__qualname__} takes everything after the actor by keyword.")
    if not {"organisation", "organisations"} & {parameter.name for parameter in parameters}:
        raise BadSignature(f"{function.__qualname__} must say in which organisation.")
    return {
        parameter.name: parameter.default
        for parameter in parameters
        if parameter.name == "organisation" and parameter.default is not parameter.empty
    }


_FLUSH = """
with entries as (
    insert into audit_entry
        (organisation_id, at, action, about, about_id, changed, facts, actor_kind, actor_id, channel)
    select %(organisation)s, %(at)s, action, about, about_id, changed, facts, %(actor_kind)s, %(actor_id)s, %(channel)s
    from unnest(%(actions)s::text[], %(abouts)s::text[], %(about_ids)s::uuid[],
        %(changed)s::jsonb[], %(facts)s::jsonb[])
        with ordinality as t(action, about, about_id, changed, facts, n) order by n
)
insert into events_outgoing (organisation_id, at, name, body, subject_id, attempts, next_at, error)
select %(organisation)s, %(at)s, name, body, subject_id, 0, next_at, ''
from unnest(%(names)s::text[], %(bodies)s::jsonb[], %(subjects)s::uuid[], %(next_ats)s::timestamptz[])
    with ordinality as t(name, body, subject_id, next_at, n) order by n
"""


def flush(scope: Scope, using: BaseDatabaseWrapper | None = None) -> None:
    """Write the audit records and the events of a scope in one statement, just before it commits.

    Raises HalfDone when an action in it failed: handlers of events end here too, and may not swallow that either.
    """
    if scope.is_broken:
        raise HalfDone("An action in this scope failed: nothing of it is committed.")
    actor, moment = scope.actor, now()
    values: dict[str, Any] = {
        "organisation": scope.organisation,
        "at": moment,
        "actor_kind": actor.kind,
        "actor_id": actor.id,
        "channel": actor.channel.value,
        "actions": [entry.action for entry in scope.entries],
        "abouts": [entry.about for entry in scope.entries],
        "about_ids": [entry.about_id for entry in scope.entries],
        "changed": [Jsonb(list(entry.changed)) for entry in scope.entries],
        "facts": [Jsonb(entry.facts) for entry in scope.entries],
        "names": [event.name for event in scope.events],
        "bodies": [Jsonb(event.body()) for event in scope.events],
        "subjects": [event.subject_id for event in scope.events],
        "next_ats": [moment + event.held_for for event in scope.events],
    }
    with (using or connection).cursor() as cursor:
        cursor.execute(_FLUSH, values)
    scope.entries.clear()
    scope.events.clear()
