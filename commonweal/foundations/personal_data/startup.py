"""Refuse to start with an incomplete declaration. Called by `ready()` of the last app: WSGI runs no checks."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from commonweal.foundations.personal_data.declarations import Schedule, declaration_of, privacy_of
from commonweal.foundations.personal_data.records import Record, SealedRecord, sealed_fields_of
from commonweal.foundations.personal_data.schedules import rules


class Undeclared(Exception):
    """A table or field does not say what it holds about people, or whose it is: the platform does not start."""


def refuse_undeclared() -> None:
    """Raises Undeclared with every fault of every model, one to a line."""
    faults = list(faults_of(apps.get_models(include_auto_created=True)))
    if faults:
        raise Undeclared("\n".join(faults))


def faults_of(candidates: Iterable[type[models.Model]]) -> Iterator[str]:
    """What is missing or wrong in these models, as sentences that name model and field."""
    labels: dict[str, str] = {}
    for model in candidates:
        if not model.__module__.startswith("commonweal."):
            if model._meta.db_table not in settings.REVIEWED_TABLES:
                yield f"The table {model._meta.db_table} is third-party and on no reviewed list (REVIEWED_TABLES)."
            continue
        yield from _faults_of_fields(model)
        yield from _faults_of_order(model)
        yield from _faults_of_privacy(model, labels)
        yield from _faults_of_references(model)


def _faults_of_fields(model: type[models.Model]) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        declaration = declaration_of(field)
        if declaration is None:
            yield f"{model._meta.label}.{field.name} is declared neither personal(...) nor not_personal(...)."
        elif declaration.category is not None and not declaration.why:
            yield f"{model._meta.label}.{field.name} does not say why it is held."
        elif declaration.is_sealed and not issubclass(model, SealedRecord):
            yield f"{model._meta.label}.{field.name} is sealed, so its model must be a SealedRecord."


def _faults_of_order(model: type[models.Model]) -> Iterator[str]:
    sealed = {field.name for field in sealed_fields_of(model)}
    for name in model._meta.ordering or ():
        if str(name).lstrip("-") in sealed:
            yield f"{model._meta.label} is ordered by {name}, which is sealed."


def _faults_of_privacy(model: type[models.Model], labels: dict[str, str]) -> Iterator[str]:
    privacy = privacy_of(model)
    declared = [declaration_of(field) for field in model._meta.concrete_fields]
    if not any(declaration is not None and declaration.category is not None for declaration in declared):
        return
    if privacy is None:
        yield f"{model._meta.label} holds personal data and has no Privacy (label, subject, keeps)."
        return
    if privacy.label in labels:
        yield f"{model._meta.label} has the label {privacy.label} of {labels[privacy.label]}."
    labels[privacy.label] = model._meta.label
    if privacy.subject not in {field.attname for field in model._meta.concrete_fields}:
        yield f"{model._meta.label}: Privacy.subject names no column of the row."
    if privacy.through and privacy.through not in {field.attname for field in model._meta.concrete_fields}:
        yield f"{model._meta.label}: Privacy.through names no column of the row."
    if not isinstance(privacy.keeps, Schedule) or privacy.keeps.name not in rules():
        yield f"{model._meta.label}: Privacy.keeps names no rule of the retention schedule."


def _faults_of_references(model: type[models.Model]) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            yield from _faults_of_reference(model, field)
    if issubclass(model, Record):
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and constraint.fields[:1] != ("organisation_id",):
                yield f"{model._meta.label}: the constraint {constraint.name} does not begin with organisation_id."
        for together in model._meta.unique_together:
            if together[0] != "organisation_id":
                yield f"{model._meta.label}: what is unique together does not begin with organisation_id."
        for field in model._meta.concrete_fields:
            if field.unique and not field.primary_key:
                yield f"{model._meta.label}.{field.name} is unique across organisations."


def _faults_of_reference(model: type[models.Model], field: "models.ForeignKey[Any, Any]") -> Iterator[str]:
    target: type[models.Model] = field.remote_field.model
    if not str(field.remote_field.related_name).endswith("+"):
        yield f"{model._meta.label}.{field.name} has a reverse name: references point one way."
    if issubclass(model, Record) and issubclass(target, Record) and getattr(field, "db_constraint", True):
        yield f"{model._meta.label}.{field.name} must be made with reference_to(): it crosses organisations unseen."
