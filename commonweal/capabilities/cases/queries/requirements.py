"""What a move or an outcome still needs: facts that are recorded, tasks that are done, and a condition that holds."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import get_language, gettext

from commonweal.capabilities.cases.models import Case, Fact, Tick
from commonweal.capabilities.cases.queries.facts import latest_facts, open_facts
from commonweal.capabilities.catalogue.queries.conditions import kinds_of_case
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.handling import CaseType, Move, Outcome
from commonweal.capabilities.forms.queries.asking import reckoned_answers, reckoned_of
from commonweal.capabilities.forms.queries.submitting import submission_answers, submission_at
from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.clocks.now import today
from commonweal.foundations.expressions.expressions import Expression, Kind, Value, compile_expression
from commonweal.foundations.scope.actors import Staff


@dataclass(frozen=True)
class Known:
    """What is known of a case: its service, which facts and tasks are there, and the values that conditions use.

    Without `values` no condition was asked for; one over what the actor may not open does not hold.
    """

    service: Service
    there: frozenset[str]
    values: Mapping[str, Value] = field(default_factory=dict, repr=False)

    def holds(self, condition: str) -> bool:
        """Whether a condition of the case type holds."""
        return self._compiled(condition).holds(self.values)

    def rules_out(self, asked: Move | Outcome) -> bool:
        """Whether its condition fails by the answers alone, whatever is still found and on whichever day."""
        fixed = {name: value for name, value in self.values.items() if name != "today" and not _is_found(name)}
        return asked.when is not None and bool(fixed) and self._compiled(asked.when).work_out(fixed) is False

    def lacks(self, asked: Move | Outcome) -> tuple[str, ...]:
        """What is still missing, in words; nothing when it may be done."""
        return (*self.lacks_there(asked), *self._unmet(asked))

    def lacks_there(self, asked: Move | Outcome) -> tuple[str, ...]:
        """The facts and tasks that are missing, which is known without opening anything."""
        return lacking(self.service.case, asked.requires, self.there)

    def _unmet(self, asked: Move | Outcome) -> tuple[str, ...]:
        if asked.when is None or self.holds(asked.when):
            return ()
        names = self._compiled(asked.when).names
        labels = [label for name, label in self._labels().items() if name in names]
        if not labels:
            return (gettext("The answers or findings do not allow it"),)
        return (gettext("An answer or finding that allows it (%(about)s)") % {"about": ", ".join(labels)},)

    def _compiled(self, condition: str) -> Expression:
        return compile_expression(condition, kinds=kinds_of_case(self.service), gives=Kind.TRUTH)

    def _labels(self) -> dict[str, str]:
        """What conditions may rest on, in words."""
        language = get_language()
        asked = {f"answers.{each.key}": each.label.in_language(language) for each in self.service.questions()}
        return asked | {f"facts.{each.key}": each.label.in_language(language) for each in self.service.case.facts}


def _is_found(name: str) -> bool:
    return name.startswith("facts.")


def lacking(declared: CaseType, required: Collection[str], there: Collection[str]) -> tuple[str, ...]:
    """The labels of the required facts and tasks that are not there."""
    labels = {fact.key: fact.label for fact in declared.facts} | {task.key: task.label for task in declared.tasks}
    language = get_language()
    return tuple(labels[key].in_language(language) for key in required if key not in there and key in labels)


def ticks_of(case: Case) -> dict[str, Tick]:
    """The latest tick of each task; one query."""
    rows = Tick.objects.filter(organisation_id=case.organisation_id, case_id=case.id).order_by("id")
    return {row.task: row for row in rows}


def there_among(organisation: int, declared: Mapping[UUID, CaseType]) -> dict[UUID, frozenset[str]]:
    """The facts and tasks that are there of several cases, each with its case type; one query each, none if undeclared.

    Nothing is opened.
    """
    with_facts = [case for case, each in declared.items() if each.facts]
    with_tasks = [case for case, each in declared.items() if each.tasks]
    there: dict[UUID, set[str]] = {case: set() for case in declared}
    if with_facts:
        facts = Fact.objects.filter(organisation_id=organisation, case_id__in=with_facts)
        for case, fact in facts.values_list("case_id", "fact"):
            there[case].add(fact)
    if with_tasks:
        ticks = Tick.objects.filter(organisation_id=organisation, case_id__in=with_tasks).order_by("id")
        latest = {(case, task): is_done for case, task, is_done in ticks.values_list("case_id", "task", "is_done")}
        for (case, task), is_done in latest.items():
            there[case] |= {task} if is_done else set()
    return {case: frozenset(keys) for case, keys in there.items()}


def known_there(case: Case, service: Service) -> Known:
    """What is known without opening anything; at most two queries, none when nothing is declared."""
    declared = service.case
    facts = set(latest_facts(case)) if declared.facts else set()
    done = {key for key, tick in ticks_of(case).items() if tick.is_done} if declared.tasks else set()
    return Known(service, frozenset(facts | done))


def reckon(
    actor: Staff, case: Case, service: Service, *, facts: Mapping[str, Fact], opened: Mapping[str, str]
) -> dict[str, Value]:
    """The values that conditions use: answers, facts that were opened, the day, the nation and the channel."""
    organisation = case.organisation_id
    answers = submission_answers(actor, organisation=organisation, submission=case.submission_id)
    values: dict[str, Value] = {
        "today": today(),
        "nation": organisations.organisation(actor, organisation=organisation).nation,
        "channel": submission_at(actor, organisation=organisation, submission=case.submission_id).channel,
        **reckoned_answers(service, answers),
    }
    for fact in service.case.facts:
        if fact.key in facts and (value := reckoned_of(fact, opened.get(fact.key, ""))) is not None:
            values[f"facts.{fact.key}"] = value
    return values


def known_in_full(actor: Staff, case: Case, service: Service) -> Known:
    """The same with the values of conditions. Needs an open reading."""
    facts = latest_facts(case) if service.case.facts else {}
    opened = open_facts(actor, service.case, facts)
    values = reckon(actor, case, service, facts=facts, opened=opened)
    return Known(service, known_there(case, service).there, values)


def who_ticked(ticks: Mapping[str, Tick]) -> set[UUID]:
    """Who ticked tasks."""
    return {tick.by_id for tick in ticks.values()}
