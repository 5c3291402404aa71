"""Make, use and destroy data keys, in the scope of one organisation."""

import os
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from uuid6 import uuid7

from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data.keyring import keyring
from commonweal.foundations.personal_data.wrapping import Keyring, KeyringError
from commonweal.foundations.scope.scopes import current_scope

_NOBODY = UUID(int=0)
_TOKENS, _TOKENS_CLASS = "tokens", "personal_data.tokens"


def key_for_subject(subject: UUID, retention_class: str) -> UUID:
    """The id of the key that seals structured facts about a person within a retention class; made when missing."""
    return _existing_or_new("subject", subject, retention_class)


def key_for_record(record: UUID, retention_class: str) -> UUID:
    """The id of the key of one record (free text, files, messages); made when missing."""
    return _existing_or_new("record", record, retention_class)


def key_for_draft(draft: UUID) -> UUID:
    """The id of the key of a draft; made when missing."""
    return _existing_or_new("draft", draft, "forms.draft")


def token_key() -> bytes | None:
    """The organisation's token key, or None when nothing was ever indexed there."""
    held = current_scope().memory.get(_TOKENS)
    if isinstance(held, bytes):
        return held
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, wrapped, wrapped_by from personal_data_datakey"
            " where organisation_id = %s and holder = %s and scope = %s and retention_class = %s",
            [current_scope().organisation, _NOBODY, _TOKENS, _TOKENS_CLASS],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    key = keyring().unwrap(bytes(row[1]), key_id=row[0], wrapped_by=row[2])
    current_scope().memory[_TOKENS] = key
    return key


def token_key_made() -> bytes:
    """The organisation's token key in an action; made when missing."""
    return token_key() or to_seal_with(_existing_or_new(_TOKENS, _NOBODY, _TOKENS_CLASS))


def to_seal_with(key_id: UUID) -> bytes:
    """The key itself, to seal new values in an action. Raises LookupError when it was destroyed."""
    held = current_scope().memory.get(key_id)
    if isinstance(held, bytes):
        return held
    found = unwrapped([key_id])
    if key_id not in found:
        raise LookupError("The key of this row was destroyed: what it sealed is forgotten.")
    current_scope().memory[key_id] = found[key_id]
    return found[key_id]


def unwrapped(key_ids: Iterable[UUID]) -> dict[UUID, bytes]:
    """The keys that still exist among `key_ids`, in one query."""
    with connection.cursor() as cursor:
        cursor.execute("select id, wrapped, wrapped_by from personal_data_datakey where id = any(%s)", [list(key_ids)])
        return {
            key_id: keyring().unwrap(bytes(wrapped), key_id=key_id, wrapped_by=wrapped_by)
            for key_id, wrapped, wrapped_by in cursor.fetchall()
        }


def destroy(holder: UUID, *, retention_classes: Iterable[str] | None = None) -> int:
    """Destroy the holder's keys (all, or those of some retention classes); returns how many. There is no way back.

    The erasure ledger gets a line, so that a restore destroys them again. The key of a draft gets none: it dies of
    itself at each submit and after a week, nobody was promised anything about it, and the newest key export has it not.
    """
    scope = current_scope()
    classes = None if retention_classes is None else list(retention_classes)
    values: dict[str, Any] = {
        "organisation": scope.organisation,
        "holder": holder,
        "classes": classes,
        "id": uuid7(),
        "at": now(),
        "action": scope.frames[-1].action if scope.frames else "",
    }
    with connection.cursor() as cursor:
        cursor.execute(_DESTROY, values)
        return int(cursor.fetchone()[0])


def destroy_all(holders: Sequence[UUID], *, named: Collection[UUID], sparing: Collection[UUID], plan: str) -> int:
    """Destroy all keys of many holders but those in `sparing`, in one statement; returns how many.

    The ledger gets a line, in this order, for each holder that is `named` and each that had keys; `plan` says by which
    plan their rows went, so that a restore erases those again.
    """
    scope = current_scope()
    values: dict[str, Any] = {
        "organisation": scope.organisation,
        "holders": list(holders),
        "named": list(named),
        "sparing": list(sparing),
        "plan": plan,
        "ids": [uuid7() for _holder in holders],
        "at": now(),
        "action": scope.frames[-1].action if scope.frames else "",
    }
    with connection.cursor() as cursor:
        cursor.execute(_DESTROY_ALL, values)
        return int(cursor.fetchone()[0])


_DESTROY_ALL = """
with gone as (
    delete from personal_data_datakey where organisation_id = %(organisation)s and holder = any(%(holders)s::uuid[])
        and id <> all(%(sparing)s::uuid[])
    returning id, holder, scope, retention_class, wrapped_by
), line as (
    insert into personal_data_erasure
        (id, organisation_id, at, holder, is_whole, classes, keys, wrapped_by, action, plan)
    select held.id, %(organisation)s, %(at)s, held.holder, true,
        coalesce(array_agg(distinct retention_class) filter (where gone.id is not null), '{}'),
        coalesce(array_agg(gone.id) filter (where gone.id is not null), '{}'),
        coalesce(array_agg(distinct wrapped_by) filter (where gone.id is not null), '{}'), %(action)s,
        case when held.holder = any(%(named)s::uuid[]) then %(plan)s else '' end
    from unnest(%(ids)s::uuid[], %(holders)s::uuid[]) as held(id, holder)
    left join gone on gone.holder = held.holder and gone.scope <> 'draft'
    group by held.id, held.holder
    having held.holder = any(%(named)s::uuid[]) or count(gone.id) > 0
)
select count(*) from gone
"""


_DESTROY = """
with gone as (
    delete from personal_data_datakey where organisation_id = %(organisation)s and holder = %(holder)s
        and (%(classes)s::text[] is null or retention_class = any(%(classes)s::text[]))
    returning id, scope, retention_class, wrapped_by
), line as (
    insert into personal_data_erasure
        (id, organisation_id, at, holder, is_whole, classes, keys, wrapped_by, action)
    select %(id)s, %(organisation)s, %(at)s, %(holder)s, %(classes)s::text[] is null,
        array_agg(distinct retention_class), array_agg(id), array_agg(distinct wrapped_by), %(action)s
    from gone where scope <> 'draft' having count(*) > 0
)
select count(*) from gone
"""


def _existing_or_new(scope: str, holder: UUID, retention_class: str) -> UUID:
    """The key there is, or a new one. Raises KeyringError when what this process wraps with is being destroyed."""
    place = (scope, holder, retention_class)
    found = _make_or_find(place, keyring().held()) or _make_or_find(place, keyring().renew())
    if found is None:
        raise KeyringError("The current key of this process's keyring is being destroyed: start the process again.")
    return found


def _make_or_find(place: tuple[str, UUID, str], ring: Keyring) -> UUID | None:
    """One statement settles two makers at once: the second finds the first's key.

    None when there is no key and none may be made, since the key-encryption key was retired by a rotation.
    """
    key_id, key = uuid7(), os.urandom(32)
    organisation = current_scope().organisation
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into personal_data_datakey"
            " (id, organisation_id, scope, holder, retention_class, wrapped, wrapped_by, made_at)"
            " select %s, %s, %s, %s, %s, %s, %s, %s"
            " where not exists (select from personal_data_retiredkey where name = %s)"
            " on conflict (organisation_id, holder, scope, retention_class) do nothing returning id",
            [
                *(key_id, organisation, *place, ring.wrap(key, key_id=key_id), ring.current, now()),
                ring.current,
            ],
        )
        if cursor.fetchone():
            current_scope().memory[key_id] = key
            return key_id
        cursor.execute(
            "select id from personal_data_datakey"
            " where organisation_id = %s and scope = %s and holder = %s and retention_class = %s",
            [organisation, *place],
        )
        row = cursor.fetchone()
    return None if row is None else UUID(str(row[0]))
