"""Where a letter about a case is posted, as the applicant said where they live. Needs an open reading."""

from uuid import UUID

from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.cases.queries.requirements import known_in_full
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.questions import Fills
from commonweal.capabilities.forms.queries.submitting import submission_answers
from commonweal.foundations.scope.actors import Actor, Staff


def lines_for(actor: Actor, case: Case, to: UUID) -> tuple[str, ...]:
    """The address below the name: for staff, who post it, and to the applicant alone; empty where none was told."""
    service = catalogue.service_version(actor, organisation=case.organisation_id, version=case.version_id).service
    post = service.post
    if post is None or not isinstance(actor, Staff) or to != case.person_id:
        return ()
    if post.when is not None and not known_in_full(actor, case, service).holds(post.when):
        return ()
    if any(each.key == post.question and each.fills is Fills.CASE_PLACE for each in service.questions()):
        return tuple(line for line in (case.place, case.postcode) if line)
    answers = submission_answers(actor, organisation=case.organisation_id, submission=case.submission_id)
    told = next((answer.text for answer in answers if answer.question == post.question), "")
    return tuple(told.split("\n")) if told else ()
