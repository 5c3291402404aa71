"""`sealed(...)`: a column that holds only sealed values, and opens only inside a reading."""

from typing import TYPE_CHECKING, Any, Never

from django.core.exceptions import FieldError
from django.db import models

from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.declarations import Category, Declaration, privacy_of
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.personal_data.sealing import seal
from commonweal.foundations.search.rules import Findable

if TYPE_CHECKING:
    _Field = models.Field[str, str]
else:
    _Field = models.Field


class Sealed:
    """Bytes as they lie in the database. Shows nothing of itself, cannot be pickled.

    `place` is the (column, row id) it came with; a value fetched without its row has none and cannot be saved again.
    """

    __slots__ = ("place", "value")

    def __init__(self, value: bytes, place: tuple[str, Any] | None = None) -> None:
        self.value, self.place = value, place

    def __repr__(self) -> str:
        return "<sealed>"

    def __deepcopy__(self, memo: dict[int, Any]) -> "Sealed":
        return self

    def __reduce__(self) -> Never:
        raise TypeError("A sealed value is not pickled: it would leave the database without a trace.")


class Fresh:
    """Plaintext on its way in: written in this transaction, not read from the database."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return "<sealed>"

    def __deepcopy__(self, memo: dict[int, Any]) -> "Fresh":
        return self

    def __reduce__(self) -> Never:
        raise TypeError("A value to be sealed is not pickled: it would be stored in the clear.")


class _Opening:
    """The attribute of an instance: sealed bytes open through the current reading, fresh text is given back."""

    def __init__(self, field: "SealedField") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> Any:
        if instance is None:
            return self
        held = vars(instance).get(self.field.attname)
        if isinstance(held, Sealed):
            return current_reading().open_field(instance, self.field, held.value)
        if isinstance(held, Fresh):
            return held.text
        if self.field.attname in instance.get_deferred_fields():
            raise FieldError(f"{self.field.name} was not fetched with its row: name it in the query that lists it.")
        return held

    def __set__(self, instance: models.Model, value: object) -> None:
        if isinstance(value, str):
            value = Fresh(value)
        elif not (value is None or isinstance(value, Sealed | Fresh)):
            raise TypeError(f"{self.field.name} takes text, not {type(value).__name__}.")
        vars(instance)[self.field.attname] = value


class SealedField(_Field):
    """A bytea column of sealed text. Only `isnull` may be asked of it in SQL; never sorted, compared or copied."""

    empty_values = [None]
    empty_strings_allowed = False

    def __init__(self, **options: Any) -> None:
        super().__init__(editable=False, **options)

    def get_internal_type(self) -> str:
        return "BinaryField"

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        options.pop("editable", None)
        return name, path, args, options

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Opening(self))

    @property
    def label(self) -> str:
        """The frozen name of this place, bound into each value: the model's label and the field's name."""
        privacy = privacy_of(self.model)
        if privacy is None:
            raise FieldError(f"{self.model.__name__} has a sealed field and no Privacy.")
        return f"{privacy.label}.{self.name}"

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        held = vars(model_instance).get(self.attname)
        if isinstance(held, Fresh):
            key_id: Any = getattr(model_instance, "key_id", None)
            value = seal(
                held.text, key_id=key_id, key=keys.to_seal_with(key_id), label=self.label, row=model_instance.pk
            )
            held = Sealed(value, (self.attname, model_instance.pk))
            vars(model_instance)[self.attname] = held
        if isinstance(held, Sealed) and held.place != (self.attname, model_instance.pk):
            raise FieldError(f"{self.name} was sealed for another place, where alone it opens: write its text anew.")
        return held

    def bind(self, model_instance: models.Model) -> None:
        """Tell the value that was just fetched which row it belongs to."""
        held = vars(model_instance).get(self.attname)
        if isinstance(held, Sealed):
            held.place = (self.attname, model_instance.pk)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> bytes | None:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise FieldError(f"{self.name} is sealed: save it through its row, one row at a time or with bulk_create.")
        return value.value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed: it cannot be compared in SQL. Find by its tokens.")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Never:
        raise FieldError(f"{self.name} is sealed: it has no transforms.")

    def value_to_string(self, obj: models.Model) -> Never:
        raise FieldError(f"{self.name} is sealed: it is exported by an access request, not by dumpdata.")


def sealed(
    category: Category,
    *,
    why: str,
    find_by: Findable | None = None,
    is_optional: bool = False,
    is_from_subject: bool = False,
    is_anonymised: bool = False,
) -> SealedField:
    """Declare a sealed column: what it says of the person, why it is held, and how staff may find by it."""
    field = SealedField(null=is_optional)
    field.declaration = Declaration(  # type: ignore[attr-defined]
        category,
        why,
        is_sealed=True,
        find_by=find_by,
        is_from_subject=is_from_subject,
        is_anonymised=is_anonymised,
    )
    return field
