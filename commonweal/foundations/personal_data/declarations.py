"""Declare what a field says about a person, where it is defined (UK GDPR Articles 5, 13, 15 and 30).

`personal(field, ...)` and `not_personal(field)` mark a plain column; `sealed(...)` in `fields` makes an encrypted one.
A model without a complete declaration does not start up: see `startup`.
"""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, TypeVar

from django.db import models

from commonweal.foundations.errors import Words
from commonweal.foundations.search.rules import Findable

F = TypeVar("F", bound="models.Field[Any, Any]")


class Category(StrEnum):
    """Kinds of personal data; `VOCABULARY` maps them to published terms on export."""

    NAME = "name"
    CONTACT = "contact"
    ADDRESS = "address"
    PLACE = "place"
    BIRTH_DATE = "birth_date"
    IDENTIFIER = "identifier"
    ONLINE_IDENTIFIER = "online_identifier"
    PREFERENCE = "preference"
    CREDENTIAL = "credential"
    ANSWER = "answer"
    FREE_TEXT = "free_text"
    CORRESPONDENCE = "correspondence"
    HISTORY = "history"
    WORK = "work"
    FINANCIAL = "financial"
    HEALTH = "health"


VOCABULARY: dict[Category, tuple[str, str]] = {
    Category.NAME: ("dpv-pd:Name", "user.name"),
    Category.CONTACT: ("dpv-pd:Contact", "user.contact"),
    Category.ADDRESS: ("dpv-pd:PhysicalAddress", "user.contact.address"),
    Category.PLACE: ("dpv-pd:Location", "user.location"),
    Category.BIRTH_DATE: ("dpv-pd:BirthDate", "user.demographic.date_of_birth"),
    Category.IDENTIFIER: ("dpv-pd:Identifying", "user.unique_id"),
    Category.ONLINE_IDENTIFIER: ("dpv-pd:DeviceBased", "user.device"),
    Category.PREFERENCE: ("dpv-pd:Preference", "user.behavior"),
    Category.CREDENTIAL: ("dpv-pd:Authenticating", "user.authorization.credentials"),
    Category.ANSWER: ("dpv-pd:LifeHistory", "user.content"),
    Category.FREE_TEXT: ("dpv-pd:Communication", "user.content"),
    Category.CORRESPONDENCE: ("dpv-pd:Communication", "user.content"),
    Category.HISTORY: ("dpv-pd:ServiceConsumptionBehavior", "user.behavior"),
    Category.WORK: ("dpv-pd:Professional", "user.job_title"),
    Category.FINANCIAL: ("dpv-pd:Financial", "user.financial"),
    Category.HEALTH: ("dpv-pd:Health", "user.health_and_medical"),
}
"""Category -> (W3C Data Privacy Vocabulary term, fideslang data category)."""


class SubjectKind(StrEnum):
    """What kind of id a `subject` column holds."""

    PERSON = "person"
    ACCOUNT = "account"
    DRAFT = "draft"


class Ground(StrEnum):
    """Why something is kept though its erasure was asked for (UK GDPR Article 17(3)(a) to (e))."""

    EXPRESSION = "expression"
    LEGAL_OBLIGATION = "legal_obligation"
    PUBLIC_HEALTH = "public_health"
    ARCHIVING = "archiving"
    LEGAL_CLAIMS = "legal_claims"


@dataclass(frozen=True)
class Kept:
    """The rows of a table stay when the person or record they are about is erased; `words` tell the person why."""

    ground: Ground
    words: Words


@dataclass(frozen=True)
class Declaration:
    """What one field holds: `category` is None when it says nothing about a person."""

    category: Category | None
    why: str = ""
    is_sealed: bool = False
    find_by: Findable | None = None
    is_from_subject: bool = False
    """Given by the subject about the subject (UK GDPR Article 20 and the rule for a pack without a person's check)."""
    is_anonymised: bool = False
    """Emptied when the person is erased and the row stays."""


@dataclass(frozen=True)
class Schedule:
    """Names a retention rule; its period and legal basis are data, per nation and per body."""

    name: str


def by_schedule(name: str) -> Schedule:
    """The retention of a model, by the name of its rule in the retention schedule."""
    return Schedule(name)


@dataclass(frozen=True)
class Privacy:
    """The complete `Privacy` of a model, read from its inner class.

    `label` is frozen: it is bound into every sealed value. `subject` names the column that holds the subject's random
    id ("id" where the row is the person). `is_record` says that the values are sealed under a key of the row's record
    (free text, which may concern several people) and not under a key of the subject. `kind` says what the subject
    column holds. `through` names the column with the record that the row belongs to: a reference, or a plain id of a
    record of another capability. `kept` says that the row outlives the erasure. What is not `is_collected` is no part
    of a copy of one's data: keys and marks, or what others answer for under rules of their own.
    """

    label: str
    subject: str
    keeps: Schedule
    is_record: bool = False
    kind: SubjectKind = SubjectKind.PERSON
    through: str = ""
    kept: Kept | None = None
    is_collected: bool = True


def personal(
    field: F, category: Category, *, why: str, is_from_subject: bool = False, is_anonymised: bool = False
) -> F:
    """Declare that a plain column says something about a person, and why it is held in the clear."""
    field.declaration = Declaration(  # type: ignore[attr-defined]
        category, why, is_from_subject=is_from_subject, is_anonymised=is_anonymised
    )
    return field


def not_personal(field: F) -> F:
    """Declare that a column says nothing about a person."""
    field.declaration = Declaration(None)  # type: ignore[attr-defined]
    return field


def declaration_of(field: Any) -> Declaration | None:
    """The declaration of a field of a real model (a clone in a migration has none)."""
    declaration = getattr(field, "declaration", None)
    return declaration if isinstance(declaration, Declaration) else None


def privacy_of(model: type[models.Model]) -> Privacy | None:
    """The model's own `Privacy`, or None when it declares no personal data."""
    declared = vars(model).get("Privacy")
    if declared is None:
        return None
    return Privacy(
        **{part.name: getattr(declared, part.name) for part in fields(Privacy) if hasattr(declared, part.name)}
    )


def belonging_of(model: type[models.Model]) -> str:
    """The column through which a table without personal data belongs to a record (its `Belongs`); empty for none."""
    declared = vars(model).get("Belongs")
    return "" if declared is None else str(declared.through)


def is_belonging_collected(model: type[models.Model]) -> bool:
    """Whether such a table is part of a copy of one's data: unless its `Belongs` says that it is not."""
    return bool(getattr(vars(model).get("Belongs"), "is_collected", True))
