"""Find a sealed value by its place, open it for the person who decides, and rewrite it."""

from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps

from commonweal.foundations.personal_data.declarations import privacy_of
from commonweal.foundations.scope.scopes import current_scope


def text_at(label: str, row: UUID, field: str) -> str | None:
    """The text at a place, opened in the current reading; None when its row is gone. Raises Forgotten, LookupError."""
    found = _row(label, row)
    text: str | None = None if found is None else getattr(found, field)
    return text


def rewrite(label: str, row: UUID, field: str, text: str) -> bool:
    """Seal another text at a place, under the key that its row has; False when the row is gone. Inside an action."""
    found = _row(label, row)
    if found is None:
        return False
    setattr(found, field, text)
    found.save(update_fields=[field])
    return True


def _row(label: str, row: UUID) -> Any:
    return _model(label).objects.filter(organisation_id=current_scope().organisation, id=row).first()


@cache
def _model(label: str) -> Any:
    """The model with this frozen label. Raises LookupError."""
    for model in apps.get_models():
        privacy = privacy_of(model)
        if privacy is not None and privacy.label == label:
            return model
    raise LookupError(f"No table has the label {label}.")
