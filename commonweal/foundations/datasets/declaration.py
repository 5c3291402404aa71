"""A dataset as fideslang writes it: collections (tables), their fields (columns), and how they lead to a person.

Source: fideslang (Dataset, DatasetCollection, DatasetField, FidesMeta). Only what relational databases need is
carried out; what cannot be is a fault, not a silence.
"""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

PERSONAL = ("user", "customer")
"""The roots of the data categories that are about people."""

Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
TableName = Annotated[str, Field(max_length=200, pattern=r"^[^/\\\x00.][^/\\\x00]*$")]
"""A table's name is also a file's: it leads nowhere else."""


class Part(BaseModel):
    """Base of all parts: frozen. Keys that fideslang has and we have no use for are let be."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Strategy(StrEnum):
    """What takes the place of a value, or of the whole row. The longer names are those of Fides."""

    NULL = "null"
    HASH = "hash"
    HMAC = "hmac"
    STRING = "string"
    RANDOM = "random"
    KEEP = "keep"
    DELETE = "delete"


_FIDES_NAMES = {
    "null_rewrite": Strategy.NULL,
    "string_rewrite": Strategy.STRING,
    "random_string_rewrite": Strategy.RANDOM,
}


class Masking(Part):
    """How something is erased; `configuration` as the strategy needs it (`rewrite_value`, `length`, `format`)."""

    strategy: Literal[
        "null", "hash", "hmac", "string", "random", "keep", "delete",
        "null_rewrite", "string_rewrite", "random_string_rewrite",
    ]  # fmt: skip
    configuration: dict[str, Any] = {}

    @property
    def kind(self) -> Strategy:
        return _FIDES_NAMES.get(self.strategy) or Strategy(self.strategy)


class Reference(Part):
    """A field points at another: `field` is "collection.field" of `dataset`.

    `direction` says which way data are followed: `to` the field pointed at, `from` it to this one; without it, both.
    """

    dataset: Name
    field: Annotated[str, Field(pattern=r"^[^.\s]+\.[^.\s]+$")]
    direction: Literal["to", "from"] | None = None

    @property
    def collection(self) -> str:
        return self.field.split(".")[0]

    @property
    def column(self) -> str:
        return self.field.split(".")[1]


class FieldMeta(Part):
    """What we need to know of a column beyond its category. `required`: it may not be empty."""

    primary_key: bool = False
    identity: str | None = None
    references: tuple[Reference, ...] = ()
    data_type: str | None = None
    length: Annotated[int, Field(ge=1)] | None = None
    read_only: bool = False
    required: bool = False
    masking_strategy_override: Masking | None = None


class DatasetField(Part):
    """A column: what kind of data it holds, and whether rows are found by it."""

    name: Name
    description: str | None = None
    data_categories: tuple[str, ...] | None = None
    fides_meta: FieldMeta | None = None
    fields: tuple[Any, ...] | None = None

    @property
    def meta(self) -> FieldMeta:
        return self.fides_meta or FieldMeta()

    @property
    def is_personal(self) -> bool:
        """Whether it holds something about a person."""
        return any(category.split(".")[0] in PERSONAL for category in self.data_categories or ())


class CollectionMeta(Part):
    """How a table is dealt with as a whole."""

    after: tuple[str, ...] = ()
    erase_after: tuple[str, ...] = ()
    skip_processing: bool = False
    masking_strategy_override: Masking | None = None


class Collection(Part):
    """A table and its columns."""

    name: TableName
    description: str | None = None
    data_categories: tuple[str, ...] | None = None
    fields: Annotated[tuple[DatasetField, ...], Field(min_length=1)]
    fides_meta: CollectionMeta | None = None

    @property
    def meta(self) -> CollectionMeta:
        return self.fides_meta or CollectionMeta()

    @property
    def keys(self) -> tuple[DatasetField, ...]:
        """The columns of the primary key."""
        return tuple(field for field in self.fields if field.meta.primary_key)

    @property
    def is_deleted(self) -> bool:
        """Whether rows go as a whole rather than field by field."""
        override = self.meta.masking_strategy_override
        return override is not None and override.kind is Strategy.DELETE

    def field(self, name: str) -> DatasetField | None:
        return next((field for field in self.fields if field.name == name), None)


class Namespace(Part):
    """Where the tables lie, other than in the connection's own place."""

    schema_name: Annotated[str | None, Field(alias="schema")] = None


class DatasetMeta(Part):
    namespace: Namespace | None = None


class Dataset(Part):
    """One database."""

    fides_key: Name
    name: str | None = None
    description: str | None = None
    fides_meta: DatasetMeta | None = None
    collections: Annotated[tuple[Collection, ...], Field(min_length=1)]

    @property
    def schema_name(self) -> str | None:
        """The schema of the tables; None for the connection's own."""
        return self.fides_meta.namespace.schema_name if self.fides_meta and self.fides_meta.namespace else None

    def collection(self, name: str) -> Collection | None:
        return next((collection for collection in self.collections if collection.name == name), None)


class File(Part):
    """The whole file."""

    dataset: Annotated[tuple[Dataset, ...], Field(min_length=1, max_length=1)]
