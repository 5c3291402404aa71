"""Events that are held for a while can be taken back, as long as their delivery has not begun."""

from typing import Any
from uuid import UUID

from django.db import connection

from commonweal.foundations.audit.codes import Code
from commonweal.foundations.clocks.now import now
from commonweal.foundations.events.event import Event
from commonweal.foundations.scope.scopes import ScopeError, current_scope

# Whoever delivers it holds the row until that is committed, so that only one of the two happens.
_HELD = """
select id from events_outgoing
where organisation_id = %(organisation)s and subject_id = %(subject)s and name = %(name)s
    and delivered_at is null and given_up_at is null and attempts = 0 and next_at > %(now)s
    and body ->> %(key)s = %(value)s
order by id desc limit 1 for update
"""

_TAKE_BACK = """
update events_outgoing set given_up_at = %(now)s, error = 'TakenBack'
where id = %(id)s and not exists (select from events_handled where event_id = %(id)s)
"""


def take_back(kind: type[Event], *, subject: UUID, key: str, value: Code) -> bool:
    """Take back the latest event of this kind and subject whose field `key` is `value`, in the running action.

    False when it is no longer held: it was delivered or will be.
    """
    scope = current_scope()
    if not scope.frames:
        raise ScopeError("Only an action takes an event back.")
    moment = now()
    held: dict[str, Any] = {
        "organisation": scope.organisation,
        "subject": subject,
        "name": kind.name,
        "key": key,
        "value": str(value),
        "now": moment,
    }
    with connection.cursor() as cursor:
        cursor.execute(_HELD, held)
        row = cursor.fetchone()
        if row is None:
            return False
        cursor.execute(_TAKE_BACK, {"now": moment, "id": row[0]})
        return bool(cursor.rowcount)
