"""Correct an answer after it was sent (UK GDPR Article 16) by replacing its value."""

from collections.abc import Mapping
from uuid import UUID

from commonweal.capabilities.catalogue.queries.services import service_version
from commonweal.capabilities.forms.errors import InvalidAnswers, NoSuchAnswer
from commonweal.capabilities.forms.models import Answer, Submission
from commonweal.capabilities.forms.rules.answers import parse
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import today
from commonweal.foundations.scope.actors import Staff


@action()
def correct_answer(
    actor: Staff, *, organisation: int, submission: UUID, question: str, item: int, given: Mapping[str, str]
) -> None:
    """Replace an answer with what is right, under its key. Only that it was changed is kept, not what it was.

    Joins the action of whoever checked that the actor may. Raises NoSuchAnswer, InvalidAnswers.
    """
    here = {"organisation_id": organisation, "submission_id": submission}
    found = Answer.objects.select_for_update().filter(**here, question=question, item=item).first()
    version = Submission.objects.filter(organisation_id=organisation, id=submission).values_list(
        "version_id", flat=True
    )
    if found is None:
        raise NoSuchAnswer
    declared = service_version(actor, organisation=organisation, version=version.get()).service.question(question)
    if declared is None:
        raise NoSuchAnswer
    value = parse(declared, given, today=today())
    if not isinstance(value, str):
        raise InvalidAnswers(value)
    found.value = value
    found.save(update_fields=["value"])
    record("forms.answer", found.id, changed=[question], item=item)
