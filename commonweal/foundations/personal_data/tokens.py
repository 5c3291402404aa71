"""Search tokens: keyed hashes by which staff find a sealed value without opening every one."""

import hmac
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection, models
from uuid6 import uuid7

from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.declarations import declaration_of, privacy_of
from commonweal.foundations.personal_data.models import SearchToken
from commonweal.foundations.scope.scopes import current_scope
from commonweal.foundations.search.ranking import Form, Hint

_LENGTH = 8
"""Bytes of a token: 64 bits, so that in an organisation with millions of forms hardly two ever share one."""

MOST_SCANNED = 3000
"""Rows that one form contributes when candidates are chosen, the newest."""
MOST_ROWS = 400_000
"""Rows that all forms of a question may contribute: one of many words looks at fewer for each."""
MOST_CANDIDATES = 300


def token_of(key: bytes, kind: str, form: str) -> bytes:
    """The keyed hash of one normal form; its kind is inside, so a postcode and a word never meet."""
    return hmac.digest(key, f"{kind}\x00{form}".encode(), sha256)[:_LENGTH]


def tokens_for(model: type[models.Model], values: Mapping[str, str], key: bytes) -> Iterator[tuple[bytes, str]]:
    """The tokens of the findable fields among `values` (field name -> plaintext), each with the label of its field."""
    privacy = privacy_of(model)
    for name, value in values.items():
        declaration = declaration_of(model._meta.get_field(name))
        if privacy is None or declaration is None or declaration.find_by is None:
            raise TypeError(f"{model.__name__}.{name} declares no way of being found.")
        for form in declaration.find_by.forms(value):
            yield token_of(key, declaration.find_by.kind, form), f"{privacy.label}.{name}"


_INSERT = """
insert into personal_data_searchtoken (id, organisation_id, token, label, row)
select id, %s, token, label, %s from unnest(%s::uuid[], %s::bytea[], %s::text[]) as t(id, token, label)
"""


def write_tokens(row: models.Model, values: Mapping[str, str], *, is_new: bool = False) -> None:
    """Replace the tokens of the row's findable fields by those of `values`, in one statement for a new row.

    What is found is the subject: several rows of one person (their names) lead to the same person. Tokens of a row
    that is not the subject itself are only ever added.
    """
    privacy = privacy_of(type(row))
    if privacy is None:
        raise TypeError(f"{type(row).__name__} declares no personal data.")
    subject, organisation = getattr(row, privacy.subject), current_scope().organisation
    found = list(tokens_for(type(row), values, keys.token_key_made()))
    if not is_new:
        if subject != row.pk:
            raise TypeError(f"Tokens of {type(row).__name__} lie with its subject, and cannot be told apart there.")
        labels = [f"{privacy.label}.{name}" for name in values]
        SearchToken.objects.filter(organisation_id=organisation, row=subject, label__in=labels).delete()
    ids, tokens, labels = [uuid7() for _token in found], [token for token, _ in found], [label for _, label in found]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [organisation, subject, ids, tokens, labels])


_FIND = """
with looked_up as (
    select wanted.part, wanted.weight, wanted.is_added, held.row
    from unnest(%(tokens)s::bytea[], %(parts)s::int[], %(weights)s::real[], %(added)s::bool[])
        as wanted(token, part, weight, is_added)
    cross join lateral (
        select t.row from personal_data_searchtoken t
        where t.organisation_id = %(organisation)s and t.token = wanted.token
        order by t.row desc limit %(most_scanned)s
    ) as held
    union all select %(near_part)s, %(weight_of_near)s, false, row from unnest(%(near)s::uuid[]) as row
), parts as (
    select row, part, greatest(max(weight) filter (where not is_added), sum(weight) filter (where is_added)) as weight
    from looked_up group by row, part
), best as materialized (
    select row from parts group by row order by
        greatest(sum(weight) filter (where part > 0), max(weight) filter (where part = 0))
        + coalesce(sum(weight) filter (where part < 0), 0) desc nulls last, row desc limit %(most)s
)
select best.row, array_agg(distinct kept.token) from best cross join lateral (
    select t.token from personal_data_searchtoken t
    where t.organisation_id = %(organisation)s and t.row = best.row offset 0
) kept
where kept.token = any(%(tokens)s::bytea[]) group by best.row
"""
# `offset 0` keeps the planner from looking up each form anew in all its rows: it goes by the few people instead.


def candidates(
    wanted: Mapping[Form, Sequence[Hint]], *, near: Collection[UUID], weight_of_near: float
) -> dict[UUID, set[Form]]:
    """Those in the organisation of the scope who share forms with a question, each with all that they share.

    One statement. Each form is looked up in at most MOST_SCANNED rows, all in at most MOST_ROWS; those with the best
    hints, summed over the parts of the question, are looked at closely. Being among `near` is a part of its own.
    """
    key = keys.token_key()
    if key is None or not wanted:
        return {}
    forms = {token_of(key, *form): form for form in wanted}
    hints = [(token, hint) for token, form in forms.items() for hint in wanted[form]]
    values: dict[str, Any] = {
        "organisation": current_scope().organisation,
        "tokens": [token for token, _hint in hints],
        "parts": [hint.part for _token, hint in hints],
        "weights": [float(hint.weight) for _token, hint in hints],
        "added": [hint.is_added for _token, hint in hints],
        "near": list(near),
        "near_part": min(0, *(hint.part for _token, hint in hints)) - 1,
        "weight_of_near": weight_of_near,
        "most_scanned": min(MOST_SCANNED, MOST_ROWS // len(hints)),
        "most": MOST_CANDIDATES,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FIND, values)
        return {row: {forms[bytes(token)] for token in tokens} for row, tokens in cursor.fetchall()}


def delete_tokens(subject: UUID) -> None:
    """Delete all tokens of a subject: whoever it was is no longer found."""
    SearchToken.objects.filter(organisation_id=current_scope().organisation, row=subject).delete()
