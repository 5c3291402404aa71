"""`Event`, `publish` and `handles`: how capabilities tell each other what happened."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, ClassVar, Self, TypeVar, get_type_hints
from uuid import UUID

from commonweal.foundations.audit.codes import check_code
from commonweal.foundations.scope.actors import System
from commonweal.foundations.scope.scopes import ScopeError, current_scope


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of all events. Fields are ids and codes; `subject_id` orders them: events of one subject stay in order.

    An event with `held_for` is delivered after that time, and can be taken back before (`holding.take_back`).
    """

    REGISTERED: ClassVar[dict[str, type["Event"]]] = {}
    name: ClassVar[str] = ""
    held_for: ClassVar[timedelta] = timedelta(0)

    organisation: int
    subject_id: UUID

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.name = f"{_capability_of(cls.__module__)}.{cls.__name__}"
        Event.REGISTERED[cls.name] = cls

    def body(self) -> dict[str, Any]:
        """The event as JSON values. Raises NotACode when a field holds free text."""
        values = {part.name: getattr(self, part.name) for part in fields(self)}
        for name, value in values.items():
            check_code(name, value)
        return {name: str(value) if isinstance(value, UUID | date) else value for name, value in values.items()}

    @classmethod
    def from_body(cls, body: dict[str, Any]) -> Self:
        """The event again from its stored body; fields an older version did not know take their defaults."""
        types = get_type_hints(cls)
        known = {part.name for part in fields(cls)}
        return cls(**{name: _typed(types[name], value) for name, value in body.items() if name in known})


def _typed(wanted: Any, value: Any) -> Any:
    if value is None:
        return None
    if wanted is UUID or UUID in getattr(wanted, "__args__", ()):
        return UUID(value)
    if wanted is date or date in getattr(wanted, "__args__", ()):
        return date.fromisoformat(value)
    return value


def publish(event: Event) -> None:
    """Put the event into the outbox, in the transaction of the running action."""
    scope = current_scope()
    if not scope.frames:
        raise ScopeError("Only an action publishes events.")
    if event.organisation != scope.organisation:
        raise ScopeError("An event belongs to the organisation of its action.")
    event.body()
    scope.events.append(event)


E = TypeVar("E", bound=Event)
Handler = Callable[[System, Any], None]

HANDLERS: dict[str, list[Handler]] = {}


def handles(kind: type[E]) -> Callable[[Callable[[System, E], None]], Callable[[System, E], None]]:
    """Register a handler, called in a write scope of the event's organisation, once, in its own transaction."""

    def register(handler: Callable[[System, E], None]) -> Callable[[System, E], None]:
        HANDLERS.setdefault(kind.name, []).append(handler)
        return handler

    return register


def name_of(handler: Handler) -> str:
    """The stable name under which a handler's work is marked done."""
    return f"{_capability_of(handler.__module__)}.{getattr(handler, '__name__', 'handler')}"


def _capability_of(module: str) -> str:
    """The capability's name, whether its part is a module or a package: names are stored, so they must not clash."""
    return module.rsplit(".capabilities.", maxsplit=1)[-1].split(".", maxsplit=1)[0]
