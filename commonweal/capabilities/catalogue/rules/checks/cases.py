"""What must hold for what follows a submission: stages, moves, what they require, clocks, outcomes and reviews."""

from collections.abc import Iterator

from commonweal.capabilities.catalogue.queries.clocks import Clock
from commonweal.capabilities.catalogue.queries.handling import CaseType
from commonweal.capabilities.catalogue.rules.checks.found import Found, repeated, unknown
from commonweal.foundations.declaring.yaml_lines import Loc


def faults_of_case(case: CaseType) -> Found:
    """Every fault of a case type, its retention apart."""
    for part in ("stages", "moves", "tasks", "outcomes", "clocks", "proposals", "reviews"):
        yield from repeated(getattr(case, part), ("case", part))
    yield from _faults_of_stages(case)
    yield from _faults_of_moves(case)
    yield from _faults_of_requirements(case)
    yield from _faults_of_outcomes(case)
    for number, clock in enumerate(case.clocks):
        yield from _faults_of_clock(case, clock, ("case", "clocks", number))


def _open_stages(case: CaseType) -> set[str]:
    return {stage.key for stage in case.stages if not stage.is_final}


def _ways_back(case: CaseType) -> Iterator[tuple[Loc, str]]:
    """The stages that a closed case enters again, each with where that is declared."""
    for number, review in enumerate(case.reviews):
        yield ("case", "reviews", number, "enters"), review.enters
    if case.reopening is not None:
        yield ("case", "reopening", "enters"), case.reopening.enters


def _faults_of_stages(case: CaseType) -> Found:
    for number, stage in enumerate(case.stages):
        if stage.is_final != (number == len(case.stages) - 1):
            yield ("case", "stages", number), "The last stage is final, and no other."
        if stage.told is not None and (stage.is_final or stage.waits or stage is case.first_stage):
            yield (
                ("case", "stages", number, "told"),
                "What is written there is a message: received, sent_back, outcome.",
            )
    reached = {case.first_stage.key, *(stage for _loc, stage in _ways_back(case))}
    while grown := {move.enters for move in case.moves if move.leaves in reached} - reached:
        reached |= grown
    for number, stage in enumerate(case.stages):
        if not stage.is_final and stage.key not in reached:
            yield ("case", "stages", number), f"No move leads to {stage.key}."
    for loc, entered in _ways_back(case):
        yield from unknown([entered], _open_stages(case), loc, "stage that is not final called")


def _faults_of_moves(case: CaseType) -> Found:
    for number, move in enumerate(case.moves):
        for end in ("leaves", "enters"):
            named = getattr(move, end)
            if named == case.final_stage.key:
                yield ("case", "moves", number, end), "A case reaches its final stage by an outcome, not by a move."
            elif named not in _open_stages(case):
                yield ("case", "moves", number, end), f"There is no stage {named}."
        if move.leaves == move.enters:
            yield ("case", "moves", number), "A move leads to another stage."


def _faults_of_requirements(case: CaseType) -> Found:
    known = {task.key for task in case.tasks} | {fact.key for fact in case.facts}
    for part in ("moves", "outcomes"):
        for number, item in enumerate(getattr(case, part)):
            yield from unknown(item.requires, known, ("case", part, number, "requires"), "task or fact")
    for number, task in enumerate(case.tasks):
        yield from unknown([task.stage], _open_stages(case), ("case", "tasks", number, "stage"), "stage")
        if case.fact(task.key) is not None:
            yield ("case", "tasks", number, "key"), f"A fact is called {task.key} too."


def _faults_of_outcomes(case: CaseType) -> Found:
    outcomes = {outcome.key for outcome in case.outcomes}
    for number, outcome in enumerate(case.outcomes):
        loc: Loc = ("case", "outcomes", number)
        yield from repeated(outcome.reasons, (*loc, "reasons"))
        yield from unknown(outcome.leaves, _open_stages(case), (*loc, "leaves"), "stage")
        if outcome.is_refusal and outcome.is_significant and not outcome.reasons:
            yield (*loc, "reasons"), "A significant refusal gives reasons to choose from."
    for number, proposal in enumerate(case.proposals):
        yield from unknown([proposal.outcome], outcomes, ("case", "proposals", number, "outcome"), "outcome")
    for number, review in enumerate(case.reviews):
        yield from unknown(review.of, outcomes, ("case", "reviews", number, "of"), "outcome")
    if case.publication is not None:
        yield from unknown(case.publication.outcomes, outcomes, ("case", "publication", "outcomes"), "outcome")


def _faults_of_clock(case: CaseType, clock: Clock, loc: Loc) -> Found:
    if sum(length is not None for length in (clock.working_days, clock.days, clock.months)) != 1:
        yield loc, "A clock says one of working_days, days and months."
    if clock.is_law and not clock.law:
        yield (*loc, "law"), "A clock that the law sets says which law."
    stages = {stage.key for stage in case.stages}
    named = [clock.starts_in] if clock.starts_in else []
    yield from unknown([*named, *clock.stops_in, *clock.pauses_in], stages, loc, "stage")
    if clock.extension is not None:
        yield from repeated(clock.extension.reasons, (*loc, "extension", "reasons"))
        if (clock.extension.working_days is None) == (clock.extension.months is None):
            yield (*loc, "extension"), "An extension says either working_days or months."
