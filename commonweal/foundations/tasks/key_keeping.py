"""The worker's loop that keeps the keys: rotated when it is time, the newest key export fresh, or a line in the log."""

import logging
import time
from datetime import timedelta

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data import exports
from commonweal.foundations.personal_data.exports import ExportError
from commonweal.foundations.personal_data.installation import NotServable
from commonweal.foundations.personal_data.keyring import keyring
from commonweal.foundations.personal_data.rotation import CannotRotate
from commonweal.foundations.personal_data.wrapping import KeyringError
from commonweal.foundations.tasks import keys

logger = logging.getLogger(__name__)

_OLDEST_EXPORT = timedelta(hours=1)
_SECONDS_BETWEEN_REMINDERS = 24 * 60 * 60


def keep_keys() -> int:
    """Rotate what is due and renew a stale export, or say in the log why that cannot be. For the worker's loops."""
    try:
        is_due = keyring().renew().is_due(now(), days=settings.KEY_ROTATION_DAYS)
        may_rotate = "owner" in connections and keyring().store.can_save
        if is_due and not may_rotate:
            _remind()
        if "owner" in connections:
            keys.rotate(connections["owner"], is_wanted=is_due and may_rotate, tell=logger.info)
            if _is_stale(connections["owner"]):
                keys.export(connections["owner"], keyring().held())
    except (CannotRotate, KeyringError, ExportError, NotServable, OSError) as error:
        logger.error("The keys are not kept as they should be: %s", error)
    return 0


def _is_stale(owner: BaseDatabaseWrapper) -> bool:
    """Whether the newest export lacks an erasure, is of another key-encryption key, or has grown old."""
    path = keys.newest_export(owner)
    if not path.exists():
        return True
    header = exports.read_header(path)
    with owner.cursor() as cursor:
        cursor.execute("select organisation_id, count(*) from personal_data_erasure group by 1")
        erasures = dict(cursor.fetchall())
    is_old = abs(now() - header.made_at) > _OLDEST_EXPORT
    return is_old or erasures != header.erasures or header.current != keyring().held().current


def _remind() -> None:
    """Say once a day that it is time, where this process cannot rotate by itself."""
    moment = time.monotonic()
    if moment - _reminded[0] > _SECONDS_BETWEEN_REMINDERS:
        _reminded[0] = moment
        logger.warning("The key-encryption key is due for rotation: run `commonweal keys rotate`.")


_reminded = [float("-inf")]
