"""What must hold between the parts of a declaration, beyond the type of each."""

from collections.abc import Iterator, Sequence
from string import Formatter
from typing import Protocol

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.handling import PLACEHOLDERS, CaseType, Keep, Message
from commonweal.capabilities.catalogue.queries.questions import Fills, Question, QuestionType
from commonweal.capabilities.catalogue.queries.wording import Nation
from commonweal.capabilities.catalogue.rules.yaml_lines import Loc
from commonweal.foundations.personal_data.declarations import Category

Found = Iterator[tuple[Loc, str]]

_FILLED_BY = {
    Fills.PERSON_NAME: QuestionType.NAME,
    Fills.PERSON_EMAIL: QuestionType.EMAIL,
    Fills.PERSON_PHONE: QuestionType.PHONE,
    Fills.CASE_PLACE: QuestionType.PLACE,
}
_WITH_LENGTH = {QuestionType.TEXT, QuestionType.LONG_TEXT, QuestionType.NAME}
_RESERVED_PAGES = {"check", "done"}
_WITHOUT_LIMITATION_ACT = {Nation.SCOTLAND, Nation.NORTHERN_IRELAND}


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


def faults_of(service: Service) -> Found:
    """Every fault, as the place and a sentence."""
    yield from _faults_of_keys(service)
    for place, page in enumerate(service.pages):
        for number, question in enumerate(page.questions):
            yield from _faults_of_question(question, ("pages", place, "questions", number))
    yield from _faults_of_person(service)
    yield from _faults_of_law(service)
    yield from _faults_of_stages(service.case)
    yield from _faults_of_moves(service.case)
    yield from _faults_of_retention(service)
    for event in type(service.messages).model_fields:
        if message := getattr(service.messages, event):
            yield from _faults_of_message(message, ("messages", event))


def _faults_of_keys(service: Service) -> Found:
    yield from _repeated(service.pages, ("pages",))
    yield from _repeated(service.case.stages, ("case", "stages"))
    yield from _repeated(service.case.moves, ("case", "moves"))
    yield from _repeated(service.case.outcomes, ("case", "outcomes"))
    seen: set[str] = set()
    for place, page in enumerate(service.pages):
        if page.key in _RESERVED_PAGES:
            yield ("pages", place, "key"), f"{page.key} is a page that every form has."
        for number, question in enumerate(page.questions):
            loc: Loc = ("pages", place, "questions", number)
            if question.key in seen:
                yield (*loc, "key"), f"Another question is called {question.key}."
            seen.add(question.key)
            yield from _repeated(question.choices, (*loc, "choices"))


def _repeated(items: Sequence[_Keyed], loc: Loc) -> Found:
    seen: set[str] = set()
    for number, item in enumerate(items):
        if item.key in seen:
            yield (*loc, number, "key"), f"{item.key} is used twice here."
        seen.add(item.key)


def _faults_of_question(question: Question, loc: Loc) -> Found:
    if question.type is QuestionType.CHOICE and len(question.choices) < 2:
        yield (*loc, "choices"), "A choice needs at least two answers to choose from."
    if question.type is not QuestionType.CHOICE and question.choices:
        yield (*loc, "choices"), f"A question of type {question.type} has no choices."
    if question.if_missing is None and not question.is_optional:
        yield (*loc, "if_missing"), "A question that must be answered says what to do when it is not."
    if question.within_days and question.type is not QuestionType.RECENT_DATE:
        yield (*loc, "within_days"), "Only a recent date has a number of days."
    if question.max_length and question.type not in _WITH_LENGTH:
        yield (*loc, "max_length"), f"A question of type {question.type} has no length."
    yield from _faults_of_privacy(question, loc)


def _faults_of_privacy(question: Question, loc: Loc) -> Found:
    if question.category is not None and question.why is None:
        yield (*loc, "why"), "An answer that is personal says why it is asked."
    if question.category is None and question.why is not None:
        yield (*loc, "why"), "An answer that is not personal needs no reason."
    is_free = question.type is QuestionType.LONG_TEXT
    if is_free != (question.category is Category.FREE_TEXT):
        yield (*loc, "holds"), "A long text holds free_text, and nothing else does: people write anything there."
    if question.fills is not None and question.type is not _FILLED_BY[question.fills]:
        yield (*loc, "fills"), f"{question.fills} is filled by a question of type {_FILLED_BY[question.fills]}."


def _faults_of_person(service: Service) -> Found:
    for place in Fills:
        if sum(question.fills is place for question in service.questions()) > 1:
            yield ("pages",), f"Two questions fill {place}."
    name = service.question_filling(Fills.PERSON_NAME)
    if name is None or name.is_optional:
        yield ("pages",), "A question that must be answered fills person.name."
    if not any(service.question_filling(way) for way in (Fills.PERSON_EMAIL, Fills.PERSON_PHONE)):
        yield ("pages",), "A question fills person.email or person.phone, so that people can be told what happened."


def _faults_of_law(service: Service) -> Found:
    nations = set(service.offered_by.nations)
    if len(nations) != len(service.offered_by.nations):
        yield ("offered_by", "nations"), "A nation is named twice."
    for nation in sorted(nations - set(service.lawfulness.law)):
        yield ("lawfulness", "law"), f"The law for {nation} is missing."
    for nation in sorted(set(service.lawfulness.law) - nations):
        yield ("lawfulness", "law", nation), f"The service is not offered in {nation}."


def _faults_of_stages(case: CaseType) -> Found:
    for number, stage in enumerate(case.stages):
        if stage.is_final != (number == len(case.stages) - 1):
            yield ("case", "stages", number), "The last stage is final, and no other."
    reached = {case.first_stage.key}
    while grown := {move.enters for move in case.moves if move.leaves in reached} - reached:
        reached |= grown
    for number, stage in enumerate(case.stages):
        if not stage.is_final and stage.key not in reached:
            yield ("case", "stages", number), f"No move leads to {stage.key}."


def _faults_of_moves(case: CaseType) -> Found:
    open_stages = {stage.key for stage in case.stages if not stage.is_final}
    for number, move in enumerate(case.moves):
        for end in ("leaves", "enters"):
            named = getattr(move, end)
            if named == case.final_stage.key:
                yield ("case", "moves", number, end), "A case reaches its final stage by an outcome, not by a move."
            elif named not in open_stages:
                yield ("case", "moves", number, end), f"There is no stage {named}."
        if move.leaves == move.enters:
            yield ("case", "moves", number), "A move leads to another stage."


def _faults_of_retention(service: Service) -> Found:
    nations = set(service.offered_by.nations)
    for number, outcome in enumerate(service.case.outcomes):
        loc: Loc = ("case", "outcomes", number, "keep")
        for nation in sorted(nations - set(outcome.keep)):
            yield loc, f"How long it is kept in {nation} is missing."
        for nation, keep in outcome.keep.items():
            if nation not in nations:
                yield (*loc, nation), f"The service is not offered in {nation}."
            elif nation in _WITHOUT_LIMITATION_ACT and _cites_limitation_act(keep):
                yield (*loc, nation), f"The Limitation Act 1980 does not extend to {nation}."


def _cites_limitation_act(keep: Keep) -> bool:
    return "limitation act 1980" in f"{keep.basis.en} {keep.reason.en}".lower()


def _faults_of_message(message: Message, loc: Loc) -> Found:
    for part in ("subject", "body"):
        for language in ("en", "cy"):
            words: str = getattr(getattr(message, part), language)
            try:
                named = {name for _text, name, _spec, _conversion in Formatter().parse(words) if name is not None}
            except ValueError:
                yield (*loc, part, language), "A brace is not closed."
                continue
            allowed = ", ".join(sorted(PLACEHOLDERS))
            for name in sorted(named - PLACEHOLDERS):
                yield (*loc, part, language), f"A message cannot hold {{{name}}}: only {allowed}."
