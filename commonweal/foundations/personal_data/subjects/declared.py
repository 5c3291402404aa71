"""The declared tables of the platform, read from its models and from the reviewed third-party tables."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from commonweal.foundations.personal_data.declarations import (
    Category,
    Privacy,
    SubjectKind,
    belonging_of,
    declaration_of,
    is_belonging_collected,
    privacy_of,
)
from commonweal.foundations.personal_data.models import DataKey, SearchToken
from commonweal.foundations.personal_data.records import Record
from commonweal.foundations.personal_data.registry import Review, reviewed_tables
from commonweal.foundations.personal_data.subjects.tables import Column, TableDeclaration

_INNER = {"organisation_id", "key_id"}
_BY_OTHER_MEANS = (DataKey, SearchToken)
"""Keys and tokens are destroyed with whose they are, not as rows of a table."""

_TYPES = {
    "BooleanField": ("boolean", ""),
    "SmallIntegerField": ("integer", ""),
    "PositiveSmallIntegerField": ("integer", ""),
    "IntegerField": ("integer", ""),
    "PositiveIntegerField": ("integer", ""),
    "BigIntegerField": ("integer", ""),
    "BigAutoField": ("integer", ""),
    "FloatField": ("number", ""),
    "UUIDField": ("string", "uuid"),
    "DateField": ("string", "date"),
    "DateTimeField": ("string", "date-time"),
    "JSONField": ("", ""),
    "ArrayField": ("array", ""),
}


def declared_tables() -> Iterator[TableDeclaration]:
    """Every table that says something about somebody, or belongs to a record that does."""
    for model in apps.get_models(include_auto_created=True):
        privacy, belongs = privacy_of(model), belonging_of(model)
        if model not in _BY_OTHER_MEANS and (privacy is not None or belongs):
            yield declaration_from(model, privacy, belongs)
    for table, review in reviewed_tables().items():
        if review.account:
            yield _reviewed(table, review)


def label_of(model: type[models.Model]) -> str:
    """The label of a table: frozen where it says something about somebody, else made of its app and name."""
    privacy = privacy_of(model)
    return privacy.label if privacy is not None else model._meta.label_lower


def declaration_from(model: type[models.Model], privacy: Privacy | None, belongs: str) -> TableDeclaration:
    """What a model declares of its table."""
    columns = tuple(_column(field) for field in model._meta.concrete_fields if field.attname not in _INNER)
    through = privacy.through if privacy is not None else belongs
    table: dict[str, Any] = {
        "label": label_of(model),
        "table": model._meta.db_table,
        "columns": columns,
        "through": _attname(model, through),
        "is_owned": issubclass(model, Record) or "organisation_id" in {f.attname for f in model._meta.concrete_fields},
    }
    if privacy is None:
        return TableDeclaration(**table, is_collected=is_belonging_collected(model))
    return TableDeclaration(
        **table,
        kind=privacy.kind,
        subject=privacy.subject,
        keeps=privacy.keeps.name,
        kept=privacy.kept,
        is_record=privacy.is_record,
        is_collected=privacy.is_collected,
    )


def _attname(model: type[models.Model], name: str) -> str:
    return str(model._meta.get_field(name).attname) if name else ""  # type: ignore[union-attr]


def _column(field: Any) -> Column:
    declaration = declaration_of(field)
    category = None if declaration is None else declaration.category
    is_sealed = declaration is not None and declaration.is_sealed
    target = field.remote_field.model if field.remote_field is not None else None
    internal = field.target_field.get_internal_type() if target is not None else field.get_internal_type()
    kind, form = ("string", "") if is_sealed else _TYPES.get(internal, ("string", ""))
    return Column(
        name=field.column,
        category=category,
        why="" if declaration is None else declaration.why,
        type=kind,
        format=form,
        is_sealed=is_sealed,
        is_from_subject=declaration is not None and declaration.is_from_subject,
        is_anonymised=declaration is not None and declaration.is_anonymised,
        is_optional=field.null,
        is_never_copied=category is Category.CREDENTIAL,
        points_at="" if target is None else label_of(target),
    )


def _reviewed(table: str, review: Review) -> TableDeclaration:
    """A third-party table of accounts: the columns that are copied, as the review names them."""
    is_led = review.points_at in reviewed_tables()
    inner = (
        Column(review.key, is_never_copied=True),
        Column(review.account, is_never_copied=True, points_at=review.points_at),
    )
    return TableDeclaration(
        label=table,
        table=table,
        columns=(*inner, *(Column(name, review.category, review.holds) for name in review.columns)),
        kind=None if is_led else SubjectKind.ACCOUNT,
        subject="" if is_led else review.account,
        through=review.account if is_led else "",
        keeps=review.keeps,
        is_owned=False,
        is_collected=bool(review.columns),
        key=review.key,
    )
