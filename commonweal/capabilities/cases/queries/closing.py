"""The outcomes a case may be closed with. Opens no personal data."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language

from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.cases.queries.access import Choice, case_at, may_choose
from commonweal.capabilities.cases.queries.gates import open_to_change, require_change
from commonweal.capabilities.cases.queries.letters import has_reader
from commonweal.capabilities.cases.queries.requirements import Known, known_in_full, known_there
from commonweal.capabilities.cases.queries.rounds import standing_of
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.handling import CaseType, Outcome
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.personal_data.trace import Matter
from commonweal.foundations.scope.actors import Staff


@dataclass(frozen=True)
class OutcomeRow:
    """An outcome to choose: what the applicant is told, the reasons to choose from, and whether a letter goes out.

    `lacks` are the facts and tasks that are missing and the condition that does not hold: until then it cannot be
    chosen.
    """

    key: str
    label: str
    words: str
    reasons: tuple[Choice, ...]
    has_letter: bool
    lacks: tuple[str, ...]

    @property
    def is_short(self) -> bool:
        """Whether choosing it is all there is to do."""
        return not self.reasons and not self.has_letter


@dataclass(frozen=True)
class ClosingPage:
    """A case without anything personal, and the outcomes it may be closed with from where it stands.

    `review_label` names the review that the case is in; `is_barred`: the actor decided it before, and another must.
    """

    id: UUID
    reference: str
    revision: int
    service_title: str
    review_label: str
    is_barred: bool
    outcomes: tuple[OutcomeRow, ...]

    @property
    def possible(self) -> tuple[OutcomeRow, ...]:
        """Those for which nothing is missing."""
        return tuple(outcome for outcome in self.outcomes if not outcome.lacks)

    @property
    def not_yet(self) -> tuple[OutcomeRow, ...]:
        """Those for which something is missing."""
        return tuple(outcome for outcome in self.outcomes if outcome.lacks)

    def outcome(self, key: str) -> OutcomeRow | None:
        return next((outcome for outcome in self.outcomes if outcome.key == key), None)


@query(opens=CASEWORK)
def closing_page(actor: Staff, *, organisation: int, reference: str, reason: str = "") -> ClosingPage:
    """The outcomes a case may be closed with now. Answers are opened only where a condition rests on them.

    Raises NoSuchCase, ReadingRefused; where something is opened, ReasonNeeded as opening the case does.
    """
    case = case_at(organisation, reference)
    require_change(actor, case)
    service = catalogue.service_version(actor, organisation=organisation, version=case.version_id).service
    standing, language = standing_of(case), get_language()
    review = standing.declared_in(service.case)
    is_barred, is_read = actor.account in standing.barred, has_reader(actor, case)
    found = [each for each in service.case.outcomes if may_choose(actor, case, each, review) and not is_barred]
    known = _known(actor, case, service, found, reason)
    return ClosingPage(
        id=case.id,
        reference=case.reference,
        revision=case.revision,
        service_title=service.title.in_language(language),
        review_label=review.label.in_language(language) if review else "",
        is_barred=is_barred,
        outcomes=tuple(
            _row(each, has_reader=is_read, lacks=known.lacks(each)) for each in found if not known.rules_out(each)
        ),
    )


def _known(actor: Staff, case: Case, service: Service, asked: Collection[Outcome], reason: str) -> Known:
    if all(each.when is None for each in asked):
        return known_there(case, service)
    open_to_change(actor, case, reason=reason)
    # A matter beside the case: whoever only came to close it has not looked at the evidence.
    current_reading().about(Matter("closing", case.id, case.reference, case.team_id))
    return known_in_full(actor, case, service)


def outcomes_for(actor: Staff, case: Case, declared: CaseType) -> tuple[Choice, ...]:
    """The outcomes that the actor may close this very case with, its rounds considered."""
    standing, language = standing_of(case), get_language()
    if actor.account in standing.barred:
        return ()
    review = standing.declared_in(declared)
    found = [each for each in declared.outcomes if may_choose(actor, case, each, review)]
    return tuple(Choice(each.key, each.label.in_language(language), each.words.in_language(language)) for each in found)


def _row(outcome: Outcome, *, has_reader: bool, lacks: tuple[str, ...]) -> OutcomeRow:
    language = get_language()
    reasons = tuple(
        Choice(reason.key, reason.label.in_language(language), reason.words.in_language(language))
        for reason in outcome.reasons
    )
    return OutcomeRow(
        outcome.key,
        outcome.label.in_language(language),
        outcome.words.in_language(language),
        reasons,
        has_letter=outcome.letter is not None and has_reader,
        lacks=lacks,
    )
