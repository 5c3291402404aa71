"""The base of every table that belongs to an organisation."""

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any, Never, Self, TypeVar

from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db import models
from django.db.models import F
from uuid6 import uuid7

from commonweal.foundations.personal_data.declarations import declaration_of, not_personal

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class RecordQuerySet(models.QuerySet[M_co]):
    """Refuses what would lose or misuse a sealed value without a word."""

    def order_by(self, *field_names: Any) -> Self:
        self._refuse_sealed(field_names, "a list is ordered by an unsealed column")
        return super().order_by(*field_names)

    def distinct(self, *field_names: Any) -> Self:
        self._refuse_sealed(field_names, "equal texts are sealed to different values")
        return super().distinct(*field_names)

    def latest(self, *fields: Any) -> Any:
        self._refuse_sealed(fields, "a list is ordered by an unsealed column")
        return super().latest(*fields)

    def earliest(self, *fields: Any) -> Any:
        self._refuse_sealed(fields, "a list is ordered by an unsealed column")
        return super().earliest(*fields)

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._refuse_sealed([*args, *kwargs.values()], "SQL cannot reckon with it")
        return super().aggregate(*args, **kwargs)

    def update(self, **values: Any) -> int:
        self._refuse_sealed([*values, *_expressions(values.values())], "it is changed through its row, not by update()")
        return super().update(**values)

    def bulk_create(self, objs: Any, *args: Any, **options: Any) -> Any:
        self._refuse_sealed(options.get("update_fields") or (), "it would keep the place of the row that was not made")
        return super().bulk_create(objs, *args, **options)

    def bulk_update(self, *arguments: Any, **options: Any) -> Never:
        raise FieldError("bulk_update() touches sealed values: save the rows.")

    def _annotate(self, args: Any, kwargs: Any, select: bool = True) -> Self:
        self._refuse_sealed([*args, *kwargs.values()], "SQL cannot reckon with it")
        annotated: Self = super()._annotate(args, kwargs, select)  # type: ignore[misc]
        return annotated

    def _refuse_sealed(self, parts: Iterable[Any], why: str) -> None:
        for name in _names(parts):
            if _is_sealed(self.model, name):
                raise FieldError(f"{name} is sealed: {why}.")


def _expressions(values: Iterable[Any]) -> list[Any]:
    return [value for value in values if hasattr(value, "resolve_expression")]


def _names(parts: Iterable[Any]) -> Iterator[str]:
    """The columns, or paths to columns, that names and expressions speak of."""
    for part in parts:
        if isinstance(part, str):
            yield part.lstrip("-")
        else:
            found = part.flatten() if hasattr(part, "flatten") else [part]
            yield from (each.name for each in found if type(each) is F)  # type: ignore[attr-defined]


def _is_sealed(model: type[models.Model], path: str) -> bool:
    """Whether a path of names ("person__name") ends in a sealed column."""
    reached: Any = model
    for name in path.split("__"):
        try:
            field = reached._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        declaration = declaration_of(field)
        if declaration is not None and declaration.is_sealed:
            return True
        reached = field.related_model
        if reached is None:
            return False
    return False


class Record(models.Model):
    """A row of one organisation. Its id is a UUIDv7 made here, so that a value knows its place before the insert."""

    id = not_personal(models.UUIDField(primary_key=True, default=uuid7, editable=False))
    organisation_id = not_personal(models.BigIntegerField())

    objects = models.Manager.from_queryset(RecordQuerySet)()

    class Meta:
        abstract = True


class SealedRecord(Record):
    """A record with sealed fields, all under the one key it names."""

    key_id = not_personal(models.UUIDField())

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **options: Any) -> Self:
        """Each sealed value learns its row, so that it is never saved in another."""
        row = super().from_db(db, field_names, values, **options)
        for field in sealed_fields_of(cls):
            field.bind(row)
        return row

    def refresh_from_db(self, using: Any = None, fields: Any = None, from_queryset: Any = None) -> None:
        """Refused for sealed fields: it would open every one and hold it in the clear."""
        if fields is None or any(field.attname in fields for field in sealed_fields_of(type(self))):
            raise FieldError(f"{type(self).__name__} has sealed fields: fetch the row anew.")
        super().refresh_from_db(using, fields, from_queryset)


@cache
def sealed_fields_of(model: type[models.Model]) -> tuple[Any, ...]:
    """The sealed fields of a model."""
    declared = ((field, declaration_of(field)) for field in model._meta.concrete_fields)
    return tuple(field for field, declaration in declared if declaration is not None and declaration.is_sealed)


def reference_to(model: str, *, is_optional: bool = False) -> Any:
    """A foreign key to a record of the same organisation, without a reverse name.

    PostgreSQL holds it by the composite constraint that `isolate(..., references=...)` makes in the migration, so
    Django makes none and no index: the table names an index that begins with the organisation.
    """
    return models.ForeignKey(
        model, on_delete=models.RESTRICT, null=is_optional, related_name="+", db_constraint=False, db_index=False
    )
