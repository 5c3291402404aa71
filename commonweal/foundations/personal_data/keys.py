"""Data keys: made, used for sealing, and destroyed, each in the scope of one organisation."""

import os
from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from uuid6 import uuid7

from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data.keyring import keyring
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
    """Destroy the holder's keys (all, or those of some retention classes); returns how many. There is no way back."""
    classes = None if retention_classes is None else list(retention_classes)
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from personal_data_datakey where organisation_id = %s and holder = %s"
            " and (%s::text[] is null or retention_class = any(%s::text[]))",
            [current_scope().organisation, holder, classes, classes],
        )
        return int(cursor.rowcount)


def _existing_or_new(scope: str, holder: UUID, retention_class: str) -> UUID:
    """One statement settles two makers at once: the second finds the first's key."""
    key_id, key, ring = uuid7(), os.urandom(32), keyring()
    organisation = current_scope().organisation
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into personal_data_datakey"
            " (id, organisation_id, scope, holder, retention_class, wrapped, wrapped_by, made_at)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s)"
            " on conflict (organisation_id, holder, scope, retention_class) do nothing returning id",
            [key_id, organisation, scope, holder, retention_class, ring.wrap(key, key_id=key_id), ring.current, now()],
        )
        if cursor.fetchone():
            current_scope().memory[key_id] = key
            return key_id
        cursor.execute(
            "select id from personal_data_datakey"
            " where organisation_id = %s and holder = %s and scope = %s and retention_class = %s",
            [organisation, holder, scope, retention_class],
        )
        return UUID(str(cursor.fetchone()[0]))
