"""Search tokens: keyed hashes by which staff find a sealed value without opening every one."""

import hmac
from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

from django.db import connection, models
from uuid6 import uuid7

from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.declarations import declaration_of, privacy_of
from commonweal.foundations.personal_data.models import SearchToken
from commonweal.foundations.scope.scopes import current_scope
from commonweal.foundations.search.rules import Findable

_LENGTH = 16


def token_of(key: bytes, findable: Findable, form: str) -> bytes:
    """The keyed hash of one normal form; its kind is inside, so a postcode and a word never meet."""
    return hmac.new(key, f"{findable.kind}\x00{form}".encode(), sha256).digest()[:_LENGTH]


def write_tokens(row: models.Model, values: dict[str, str], *, is_new: bool = False) -> None:
    """Replace the tokens of the row's findable fields by those of `values` (field name -> plaintext).

    A new row has none to replace.
    """
    privacy = privacy_of(type(row))
    if privacy is None:
        raise TypeError(f"{type(row).__name__} declares no personal data.")
    key = keys.token_key_made()
    if not is_new:
        labels = [f"{privacy.label}.{name}" for name in values]
        SearchToken.objects.filter(organisation_id=current_scope().organisation, row=row.pk, label__in=labels).delete()
    SearchToken.objects.bulk_create(
        SearchToken(
            id=uuid7(),
            organisation_id=current_scope().organisation,
            token=token_of(key, findable, form),
            label=f"{privacy.label}.{name}",
            row=row.pk,
        )
        for name, value in values.items()
        for findable in [_findable(row, name)]
        for form in findable.forms(value)
    )


def rows_with_all(terms: Iterable[tuple[Findable, str]], *, at_most: int) -> list[UUID]:
    """The ids of rows that have a token for every normal form of every term, within the organisation of the scope."""
    key = keys.token_key()
    wanted = [(findable, form) for findable, text in terms for form in findable.forms(text)]
    if key is None or not wanted:
        return []
    tokens = sorted({token_of(key, findable, form) for findable, form in wanted})
    with connection.cursor() as cursor:
        cursor.execute(
            "select row from personal_data_searchtoken where organisation_id = %s and token = any(%s)"
            " group by row having count(distinct token) = %s order by row desc limit %s",
            [current_scope().organisation, tokens, len(tokens), at_most],
        )
        return [row for (row,) in cursor.fetchall()]


def delete_tokens(row: UUID) -> None:
    """Delete all tokens of a row: whoever it was is no longer found."""
    SearchToken.objects.filter(organisation_id=current_scope().organisation, row=row).delete()


def _findable(row: models.Model, name: str) -> Findable:
    declaration = declaration_of(row._meta.get_field(name))
    if declaration is None or declaration.find_by is None:
        raise TypeError(f"{name} declares no way of being found.")
    return declaration.find_by
