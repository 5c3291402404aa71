"""What a restored backup brings back, made with the tables of a test."""

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import connections, transaction

from commonweal.conftest import SET_UP
from commonweal.foundations.personal_data import exports, keys, serving
from commonweal.foundations.personal_data.keyring import keyring
from commonweal.foundations.personal_data.models import SearchToken
from commonweal.foundations.personal_data.restoring import Restored, restore_keys
from commonweal.foundations.personal_data.tests.conftest import acting

LEEDS = 1
COPIED = ("personal_data_datakey", "personal_data_erasure", "personal_data_retiredkey", "personal_data_searchtoken")


class Backup:
    """What a copy of the server's files would bring back: the tables as they were, by the owner."""

    def __init__(self) -> None:
        for table in COPIED:
            ask_owner(f"create temp table if not exists kept_{table} as select * from {table}")  # noqa: S608

    def put_back(self, *, is_elsewhere: bool = True) -> None:
        for table in COPIED:
            ask_owner(f"delete from {table}")  # noqa: S608
            ask_owner(f"insert into {table} select * from kept_{table}")  # noqa: S608
        if is_elsewhere:
            ask_owner("update personal_data_installation set place = 'elsewhere'")


def make_person() -> UUID:
    holder = uuid4()
    with acting(SET_UP, LEEDS):
        keys.key_for_subject(holder, "people.closed")
        SearchToken.objects.create(organisation_id=LEEDS, token=b"token", label="people.person.name", row=holder)
    return holder


def destroy_keys(holder: UUID) -> None:
    with acting(SET_UP, LEEDS):
        keys.destroy(holder)


def export_to(path: Path) -> exports.Header:
    return exports.write_export(connections["owner"], keyring().held(), path)


def restore_from(path: Path, *, is_keeping_newer: bool = False) -> Restored:
    return restore_keys(connections["owner"], keyring().held(), path, is_keeping_newer=is_keeping_newer)


def ask_owner(statement: str) -> list[tuple[Any, ...]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


def holders() -> set[UUID]:
    return {holder for (holder,) in ask_owner("select holder from personal_data_datakey")}


def reason_not_to_serve(folder: Path) -> str:
    with transaction.atomic(), connections["default"].cursor() as cursor:
        return serving.reason_not_to_serve(cursor, folder)
