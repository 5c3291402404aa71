"""Fetch the keys of many rows in the statement that reads them, so that no row needs its own query."""

from collections.abc import Mapping
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from commonweal.foundations.personal_data.models import DataKey
from commonweal.foundations.personal_data.reading import current_reading


def with_keys(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """The same rows with `wrapped` and `wrapped_by` of the key each names; both are None where it was destroyed."""
    key = DataKey.objects.filter(organisation_id=OuterRef("organisation_id"), id=OuterRef("key_id"))
    wrapped, wrapped_by = Subquery(key.values("wrapped")), Subquery(key.values("wrapped_by"))
    found: QuerySet[Any] = rows.annotate(wrapped=wrapped, wrapped_by=wrapped_by)
    return found


def takes_key(row: Mapping[str, Any]) -> bool:
    """Whether the key of such a row still exists; the open reading then knows it."""
    if row["wrapped"] is None:
        return False
    current_reading().knows_key(row["key_id"], bytes(row["wrapped"]), row["wrapped_by"])
    return True
