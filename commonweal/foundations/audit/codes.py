"""Ids and codes: all that audit records, events and task arguments may hold."""

import re
from datetime import date
from uuid import UUID

Code = UUID | int | bool | date | str | None

_CODE = re.compile(r"[A-Za-z0-9_.:\-]{0,64}")


class NotACode(ValueError):
    """Free text was put where only ids and codes may be, because erasure never reaches there."""


def check_code(name: str, value: object) -> None:
    """Raises NotACode when `value` could be a person's data: anything but an id, a number, a date or a short code."""
    if isinstance(value, str):
        if not _CODE.fullmatch(value):
            raise NotACode(f"{name} must be an id or a short code.")
    elif not (value is None or isinstance(value, UUID | int | date)):
        raise NotACode(f"{name} must be an id or a short code, not {type(value).__name__}.")
