"""The registry of personal data: where, what kind, why and how long. Read from the declarations."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.conf import settings

from commonweal.foundations.personal_data.declarations import VOCABULARY, Category, declaration_of, privacy_of


@dataclass(frozen=True)
class Review:
    """How a third-party table was reviewed: what it holds, whose, and how it is exported and erased.

    `account` is the column that leads to the account, empty where none does; a plan of accounts then erases its rows
    and copies `columns`. `points_at` is the table that column names. `key` is the primary key.
    """

    holds: str
    subject: str = ""
    exported: str = ""
    erased: str = ""
    keeps: str = ""
    account: str = ""
    points_at: str = "identity.account"
    columns: tuple[str, ...] = ()
    category: Category = Category.CONTACT
    key: str = "id"


@dataclass(frozen=True)
class OnlineIdentifier:
    """A place outside our own tables where addresses, sessions and the like lie, with its retention rule."""

    where: str
    holds: str
    why: str
    subject: str
    keeps: str
    category: Category = field(default=Category.ONLINE_IDENTIFIER, init=False)


@dataclass(frozen=True)
class Holding:
    """One declared field: `place` is its label, `terms` its (DPV, fideslang) vocabulary."""

    table: str
    place: str
    category: Category
    terms: tuple[str, str]
    why: str
    subject: str
    keeps: str
    is_sealed: bool
    is_found_by: str


def holdings() -> Iterator[Holding]:
    """Every declared field that says something about a person, in the order of the models."""
    for model in apps.get_models(include_auto_created=True):
        privacy = privacy_of(model)
        if privacy is None:
            continue
        for column in model._meta.concrete_fields:
            declaration = declaration_of(column)
            if declaration is None or declaration.category is None:
                continue
            yield Holding(
                table=model._meta.db_table,
                place=f"{privacy.label}.{column.name}",
                category=declaration.category,
                terms=VOCABULARY[declaration.category],
                why=declaration.why,
                subject=privacy.subject,
                keeps=privacy.keeps.name,
                is_sealed=declaration.is_sealed,
                is_found_by="" if declaration.find_by is None else declaration.find_by.kind,
            )


def reviewed_tables() -> dict[str, Review]:
    """Third-party tables and what was decided about each."""
    return {table: Review(**review) for table, review in settings.REVIEWED_TABLES.items()}


def online_identifiers() -> dict[str, OnlineIdentifier]:
    """Every place where an online identifier lies, by its name."""
    return {name: OnlineIdentifier(**place) for name, place in settings.ONLINE_IDENTIFIERS.items()}
