"""Check, when a process starts to serve, that its keyring is there and its data may be served."""

from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection, transaction

from commonweal.foundations.personal_data import exports, installation
from commonweal.foundations.personal_data.exports import ExportError
from commonweal.foundations.personal_data.installation import RESTORED, Cursor, NotServable
from commonweal.foundations.personal_data.keyring import keyring


def begin() -> None:
    """Fetch the keyring and look at the data. Raises KeyringError and NotServable, each with one sentence.

    A database that cannot be asked right now serves nobody: what opens sealed values asks again.
    """
    keyring().held()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            sentence = reason_not_to_serve(cursor, settings.KEY_EXPORTS)
    except OperationalError:
        return
    if sentence:
        raise NotServable(sentence)


def reason_not_to_serve(cursor: Cursor, folder: Path) -> str:
    """The sentence of why this data may not be served; empty when it may. Needs an open transaction.

    `folder` is where key exports are kept: one that knows more erasures than the data shows an older copy.
    """
    cursor.execute("select to_regclass('personal_data_installation') is not null")
    if not cursor.fetchone()[0]:
        return ""
    if installation.is_moved(cursor):
        return RESTORED
    identity = installation.id_of(cursor)
    if identity is None:
        return ""
    path = installation.exports_file(folder, identity)
    try:
        is_behind = path.exists() and installation.is_behind(cursor, exports.read_header(path).known())
    except ExportError as error:
        return str(error)
    return RESTORED if is_behind else ""
