"""What takes the place of a value. Nothing of the value is left in it, and equal values do not show as equal later."""

import hashlib
import hmac
import secrets
import string
from collections.abc import Callable, Mapping
from typing import Any

from commonweal.foundations.datasets.declaration import DatasetField, Strategy
from commonweal.foundations.datasets.loading import strategy_of

_LETTERS = string.ascii_lowercase + string.digits
_LENGTH = 30

Mask = Callable[[Any], Any]


def constants(fields: tuple[DatasetField, ...]) -> dict[str, Any]:
    """The columns that get the same value in every row: null, or the declared text."""
    return {
        field.name: _configuration(field).get("rewrite_value", "MASKED") if kind is Strategy.STRING else None
        for field in fields
        if (kind := strategy_of(field)) in {Strategy.NULL, Strategy.STRING}
    }


def masks(fields: tuple[DatasetField, ...], longest: Mapping[str, int | None], secret: bytes) -> dict[str, Mask]:
    """The columns whose value is worked out row by row, each with its function; `longest` are characters of a column.

    Hashes are keyed or salted with `secret`, which is forgotten with the run. Null stays null.
    """
    made: dict[str, Mask] = {}
    for field in fields:
        kind = strategy_of(field)
        if kind in _MADE_BY_ROW:
            limit = longest.get(field.name) or field.meta.length
            made[field.name] = _MADE_BY_ROW[kind](field, secret, limit)
    return made


def _hash(field: DatasetField, secret: bytes, limit: int | None) -> Mask:
    return _kept_null(lambda value: hashlib.sha256(secret + str(value).encode()).hexdigest()[:limit])


def _hmac(field: DatasetField, secret: bytes, limit: int | None) -> Mask:
    return _kept_null(lambda value: hmac.new(secret, str(value).encode(), hashlib.sha256).hexdigest()[:limit])


def _random(field: DatasetField, secret: bytes, limit: int | None) -> Mask:
    configuration = _configuration(field)
    suffix = str((configuration.get("format_preservation") or {}).get("suffix", ""))
    length = min(int(configuration.get("length", _LENGTH)), (limit or 10_000) - len(suffix))
    return _kept_null(lambda value: "".join(secrets.choice(_LETTERS) for _each in range(max(length, 1))) + suffix)


def _kept_null(mask: Mask) -> Mask:
    return lambda value: None if value is None else mask(value)


def _configuration(field: DatasetField) -> dict[str, Any]:
    override = field.meta.masking_strategy_override
    return override.configuration if override else {}


_MADE_BY_ROW: dict[Strategy | None, Callable[[DatasetField, bytes, int | None], Mask]] = {
    Strategy.HASH: _hash,
    Strategy.HMAC: _hmac,
    Strategy.RANDOM: _random,
}
