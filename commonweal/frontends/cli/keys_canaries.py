"""The people of the drill, in a process of its own on a scratch database: made, erased, looked for, pried for.

`make`, `erase ID`, `look ID ...` by the real actions and queries; `pry KEYRING` by brute force: every sealed value of
every table, with every key that this keyring unwraps. Prints what it found as one line of JSON, ids and words only.
"""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import django
from django.apps import apps
from django.db import connections

ORGANISATION = 1


def make() -> dict[str, str]:
    """Two people with names, one to be erased and one to be kept."""
    from commonweal.capabilities.people.actions import recording as people

    return {
        name: str(
            people.record_person(
                _driller(), organisation=ORGANISATION, account=None, name=name, email="", phone="", language="en"
            )
        )
        for name in ("erased", "kept")
    }


def erase(person: str) -> dict[str, str]:
    """Destroy a person's keys in an action, which leaves its line in the ledger."""
    from commonweal.foundations.actions.action import action
    from commonweal.foundations.audit.record import record
    from commonweal.foundations.personal_data import keys
    from commonweal.foundations.scope.actors import System

    @action()
    def erase_canary(actor: System, *, organisation: int) -> None:
        record("people.person", UUID(person), destroyed=keys.destroy(UUID(person)))

    erase_canary(_driller(), organisation=ORGANISATION)
    return {person: "erased"}


def look(*people: str) -> dict[str, str]:
    """What the platform itself shows of these people."""
    return {person: _look(UUID(person)) for person in people}


def pry(keyring: str) -> dict[str, str]:
    """The rows of which any sealed value opens for somebody who has the database and this keyring, and no manners."""
    return dict.fromkeys(sorted({str(row) for row in _open_all(Path(keyring))}), "opens")


def _look(person: UUID) -> str:
    from commonweal.capabilities.people.queries import records as queries
    from commonweal.foundations.personal_data.installation import NotServable
    from commonweal.foundations.personal_data.reading import Forgotten

    try:
        name = queries.person(_driller(), organisation=ORGANISATION, person=person).name
    except Forgotten:
        return "erased"
    except NotServable:
        return "not served"
    return "opens" if name else "is empty"


def _open_all(keyring: Path) -> Iterator[UUID]:
    from commonweal.foundations.personal_data.sealing import CannotOpen, key_named_by, open_sealed

    keys = _unwrap_all(keyring)
    for model, field in _sealed_fields():
        for row, value in _rows(f'select id, "{field.column}" from "{model._meta.db_table}"'):  # noqa: S608 our own names
            key = keys.get(key_named_by(bytes(value))) if value is not None else None
            if key is None:
                continue
            try:
                open_sealed(bytes(value), key=key, label=field.label, row=row)
            except CannotOpen:
                continue
            yield row


def _unwrap_all(keyring: Path) -> dict[UUID, bytes]:
    from commonweal.foundations.personal_data.wrapping import KeyringError, parse

    ring, keys = parse(keyring.read_text()), {}
    for key_id, wrapped, wrapped_by in _rows("select id, wrapped, wrapped_by from personal_data_datakey"):
        try:
            keys[key_id] = ring.unwrap(bytes(wrapped), key_id=key_id, wrapped_by=wrapped_by)
        except KeyringError:
            continue
    return keys


def _sealed_fields() -> Iterator[tuple[Any, Any]]:
    from commonweal.foundations.personal_data.fields import SealedField

    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedField):
                yield model, field


def _rows(statement: str) -> list[tuple[Any, ...]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def _driller() -> Any:
    from commonweal.foundations.personal_data.purposes import CASEWORK
    from commonweal.foundations.scope.actors import Channel, System

    return System(task="keys.drill", purposes=frozenset({CASEWORK.code}), channel=Channel.COMMAND)


def main() -> int:
    """Do what the arguments say."""
    django.setup()
    steps: dict[str, Callable[..., dict[str, str]]] = {"make": make, "erase": erase, "look": look, "pry": pry}
    found = steps[sys.argv[1]](*sys.argv[2:])
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
