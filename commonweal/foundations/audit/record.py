"""`record(...)`: the line an action must leave behind."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from commonweal.foundations.audit.codes import Code, check_code
from commonweal.foundations.scope.scopes import ScopeError, current_scope


@dataclass(frozen=True)
class AuditRecord:
    """An audit record that waits to be written in the action's transaction."""

    action: str
    about: str
    about_id: UUID | None
    changed: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)


def record(about: str, about_id: UUID | None = None, *, changed: Sequence[str] = (), **facts: Code) -> None:
    """Leave the running action's audit record: what it changed, as ids, codes and names of fields.

    `about` is the kind of record ("cases.case"), `changed` names fields, `facts` are ids and codes. Raises NotACode
    when a fact could be a person's data.
    """
    scope = current_scope()
    if not scope.frames:
        raise ScopeError("Only an action leaves an audit record.")
    for name, value in facts.items():
        check_code(name, value)
    frame = scope.frames[-1]
    frame.is_recorded = True
    written = {name: _as_json(value) for name, value in facts.items()}
    scope.entries.append(AuditRecord(frame.action, about, about_id, tuple(changed), written))


def _as_json(value: Code) -> int | str | None:
    return str(value) if isinstance(value, UUID | date) else value
