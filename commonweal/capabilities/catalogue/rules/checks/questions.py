"""What must hold for the questions: how each is checked, what it holds, and whom a case is about."""

from collections.abc import Sequence

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.questions import Fills, Page, Question, QuestionType, Whose
from commonweal.capabilities.catalogue.rules.checks.found import Found, repeated, unknown
from commonweal.foundations.declaring.yaml_lines import Loc
from commonweal.foundations.personal_data.declarations import Category

_FILLED_BY = {
    Fills.PERSON_NAME: QuestionType.NAME,
    Fills.PERSON_EMAIL: QuestionType.EMAIL,
    Fills.PERSON_PHONE: QuestionType.PHONE,
    Fills.PERSON_BIRTH_DATE: QuestionType.DATE,
    Fills.CASE_PLACE: QuestionType.PLACE,
    Fills.CASE_EARLIER: QuestionType.REFERENCE,
}
_CHOOSING = {QuestionType.CHOICE, QuestionType.CHOICES}
_COUNTED = {QuestionType.NUMBER, QuestionType.MONEY, QuestionType.CHOICES, QuestionType.FILE}
_DATED = {QuestionType.DATE, QuestionType.PARTIAL_DATE}
_WITH_LENGTH = {QuestionType.TEXT, QuestionType.LONG_TEXT, QuestionType.NAME, QuestionType.ORGANISATION}
_ADDRESSES = {QuestionType.ADDRESS, QuestionType.PLACE}
_NEVER_RECALLED = {QuestionType.FILE, QuestionType.DECLARATION, QuestionType.STATEMENT}
_NOT_RECALLED = "Files, declarations, what repeats, what fills something and what is asked of a party are told anew."
_RESERVED_PAGES = {"check", "done", "save", "resume", "files"}

# Which field only questions of which types have; "unset" is what a field is when nobody wrote it.
_ONLY_FOR = {
    "choices": _CHOOSING,
    "at_least": _COUNTED,
    "at_most": _COUNTED,
    "decimals": {QuestionType.NUMBER},
    "unit": {QuestionType.NUMBER},
    "within_days": {QuestionType.RECENT_DATE},
    "from_days": _DATED,
    "until_days": _DATED,
    "max_length": _WITH_LENGTH,
    "accepts": {QuestionType.FILE},
    "on_map": {QuestionType.PLACE},
    "body": {QuestionType.STATEMENT, QuestionType.DECLARATION},
}


def faults_of_questions(service: Service) -> Found:
    """Every fault of pages, questions and parties."""
    yield from repeated(service.pages, ("pages",))
    yield from repeated(service.parties, ("parties",))
    seen: set[str] = set()
    for place, page in enumerate(service.pages):
        yield from _faults_of_page(page, ("pages", place))
        for number, question in enumerate(page.questions):
            loc: Loc = ("pages", place, "questions", number)
            if question.key in seen:
                yield (*loc, "key"), f"Another question is called {question.key}."
            seen.add(question.key)
            yield from _faults_of_question(question, loc)
            yield from unknown(
                [question.of_party] if question.of_party else [],
                {party.key for party in service.parties},
                (*loc, "of_party"),
                "party",
            )
    yield from faults_of_facts(service.case.facts)
    yield from _faults_of_person(service)
    yield from _faults_of_applying_again(service)
    if service.post is not None:
        once = [question for page in service.pages if page.repeats is None for question in page.questions]
        # An answer with a point of a map in it is no address to print; what fills the case has its point apart.
        printed = [question for question in once if question.fills is not None or not question.on_map]
        addresses = {question.key for question in printed if question.type in _ADDRESSES}
        yield from unknown([service.post.question], addresses, ("post", "question"), "address or place called")


def faults_of_facts(facts: Sequence[Question]) -> Found:
    """Facts are questions that staff answer: they fill nothing, and each is structured or a note of its own."""
    yield from repeated(facts, ("case", "facts"))
    for number, fact in enumerate(facts):
        loc: Loc = ("case", "facts", number)
        yield from _faults_of_question(fact, loc)
        if fact.fills is not None:
            yield (*loc, "fills"), "A fact that staff find fills nothing."
        if fact.on_map:
            yield (*loc, "on_map"), "Only questions of a form are marked on a map."


def _faults_of_page(page: Page, loc: Loc) -> Found:
    if page.key in _RESERVED_PAGES:
        yield (*loc, "key"), f"{page.key} is a page that every form has."
    yield from repeated(page.exits, (*loc, "exits"))
    for number, way_out in enumerate(page.exits):
        if not way_out.may_go_on and way_out.speak_to is None:
            yield (*loc, "exits", number), "An exit lets people go on or says whom to speak to: a form decides nothing."
    if page.repeats is None:
        return
    if page.repeats.at_least > page.repeats.at_most:
        yield (*loc, "repeats", "at_least"), "This is more than at_most."
    for number, question in enumerate(page.questions):
        if question.fills is not None or question.type is QuestionType.FILE:
            yield (*loc, "questions", number), "A page that repeats fills nothing and takes no files."


def _faults_of_question(question: Question, loc: Loc) -> Found:
    for field, types in _ONLY_FOR.items():
        if getattr(question, field) != Question.model_fields[field].default and question.type not in types:
            yield (*loc, field), f"A question of type {question.type} has no {field}."
    if question.type in _CHOOSING and len(question.choices) < 2:
        yield (*loc, "choices"), "A choice needs at least two answers to choose from."
    yield from repeated(question.choices, (*loc, "choices"))
    if question.type.has_answer and question.if_missing is None and not question.is_optional:
        yield (*loc, "if_missing"), "A question that must be answered says what to do when it is not."
    if question.type is QuestionType.STATEMENT and question.body is None:
        yield (*loc, "body"), "A statement says something."
    for low, high in (("at_least", "at_most"), ("from_days", "until_days")):
        bounds = getattr(question, low), getattr(question, high)
        if None not in bounds and bounds[0] > bounds[1]:
            yield (*loc, low), f"This is more than {high}."
    yield from _faults_of_privacy(question, loc)


def _faults_of_privacy(question: Question, loc: Loc) -> Found:
    if question.category is not None and question.why is None:
        yield (*loc, "why"), "An answer that is personal says why it is asked."
    if question.category is None and question.why is not None:
        yield (*loc, "why"), "An answer that is not personal needs no reason."
    is_long = question.type is QuestionType.LONG_TEXT
    if is_long and question.category not in {Category.FREE_TEXT, Category.HEALTH}:
        yield (*loc, "holds"), "A long text holds free_text (or health), and nothing else does: people write anything."
    if not is_long and question.type is not QuestionType.FILE and question.category is Category.FREE_TEXT:
        yield (*loc, "holds"), "Only a long text or a file holds free_text."
    if question.type is QuestionType.FILE and question.category is None:
        yield (*loc, "holds"), "A file may show anything: it holds free_text, or what it is asked for."
    if question.fills is not None and question.type is not _FILLED_BY[question.fills]:
        yield (*loc, "fills"), f"{question.fills} is filled by a question of type {_FILLED_BY[question.fills]}."
    if question.of_party is not None and question.whose is Whose.APPLICANT:
        yield (*loc, "whose"), "What is asked of a party is not about the applicant."


def _faults_of_applying_again(service: Service) -> Found:
    """What is given beforehand is one of the declared answers; what is recalled is an answer of one's own."""
    choices = {
        question.key: {choice.key for choice in question.choices}
        for question in service.questions()
        if question.type is QuestionType.CHOICE
    }
    for number, outcome in enumerate(service.case.outcomes):
        given = outcome.lasts.again.answers if outcome.lasts else {}
        loc: Loc = ("case", "outcomes", number, "lasts", "again", "answers")
        for question, answer in given.items():
            yield from unknown([question], choices, loc, "question of one choice called")
            yield from unknown([answer], choices.get(question, {answer}), (*loc, question), "answer")
    for place, page in enumerate(service.pages):
        for number, asked in enumerate(page.questions):
            is_possible = asked.type not in _NEVER_RECALLED and asked.fills is None and asked.of_party is None
            if asked.is_recalled and (page.repeats is not None or not is_possible):
                yield ("pages", place, "questions", number, "is_recalled"), _NOT_RECALLED


def _faults_of_person(service: Service) -> Found:
    for place in Fills:
        for whose in (None, *(party.key for party in service.parties)):
            filling = [each for each in service.questions() if each.fills is place and each.of_party == whose]
            if len(filling) > 1:
                yield ("pages",), f"Two questions fill {place}{f' of {whose}' if whose else ''}."
    name = service.question_filling(Fills.PERSON_NAME)
    if name is None or name.is_optional:
        yield ("pages",), "A question that must be answered fills person.name."
    if not any(service.question_filling(way) for way in (Fills.PERSON_EMAIL, Fills.PERSON_PHONE)):
        yield ("pages",), "A question fills person.email or person.phone, so that people can be told what happened."
    for number, party in enumerate(service.parties):
        if service.question_filling(Fills.PERSON_NAME, party.key) is None:
            yield ("parties", number), f"No question of type name fills person.name of {party.key}."
