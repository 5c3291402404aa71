"""The base of every table that belongs to an organisation."""

from typing import Any, Never, Self, TypeVar

from django.core.exceptions import FieldError
from django.db import models
from uuid6 import uuid7

from commonweal.foundations.personal_data.declarations import declaration_of, not_personal

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class RecordQuerySet(models.QuerySet[M_co]):
    """Refuses what would lose or misuse a sealed value without a word."""

    def order_by(self, *field_names: Any) -> Self:
        for name in field_names:
            if isinstance(name, str) and name.lstrip("-") in self._sealed_names():
                raise FieldError(f"{name} is sealed: a list is ordered by an unsealed column.")
        return super().order_by(*field_names)

    def update(self, **values: Any) -> int:
        if self._sealed_names() & set(values):
            raise FieldError("A sealed value is changed through its row, not by update().")
        return super().update(**values)

    def bulk_update(self, *arguments: Any, **options: Any) -> Never:
        raise FieldError("bulk_update() touches sealed values: save the rows.")

    def _sealed_names(self) -> set[str]:
        declared = ((field.name, declaration_of(field)) for field in self.model._meta.concrete_fields)
        return {name for name, declaration in declared if declaration is not None and declaration.is_sealed}


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


def reference_to(model: str, *, is_optional: bool = False) -> Any:
    """A foreign key to a record of the same organisation, without a reverse name.

    PostgreSQL holds it by the composite constraint that `isolate(..., references=...)` makes in the migration, so
    Django makes none and no index: the table names an index that begins with the organisation.
    """
    return models.ForeignKey(
        model, on_delete=models.RESTRICT, null=is_optional, related_name="+", db_constraint=False, db_index=False
    )
