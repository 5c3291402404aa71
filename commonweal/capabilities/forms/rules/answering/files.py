"""Files as an answer: the stored form is their ids, in the order they were given, one a line."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from commonweal.capabilities.catalogue.queries.questions import Accepts, Question
from commonweal.capabilities.forms.rules import problems
from commonweal.capabilities.forms.rules.answering.family import Answering, of_one
from commonweal.capabilities.forms.rules.problems import Problem
from commonweal.foundations.files.kinds import IMAGES, Kind

MOST = 10
"""How many files a question takes that does not say so."""

_DOCUMENTS = frozenset({Kind.PDF, Kind.DOCX, Kind.XLSX, Kind.ODT})
_KINDS: Mapping[Accepts, frozenset[Kind]] = {"photo": IMAGES, "document": _DOCUMENTS}


def ids_of(answer: str) -> tuple[UUID, ...]:
    """The files of a stored answer."""
    return tuple(UUID(line) for line in answer.split())


def answer_of(files: Iterable[UUID]) -> str:
    """The stored form of these files."""
    return "\n".join(str(file) for file in files)


def count_of(answer: str) -> int:
    """How many files were given: what conditions see of such an answer."""
    return len(ids_of(answer))


def most_of(question: Question) -> int:
    """How many files the question takes."""
    return question.at_most or MOST


def kinds_of(question: Question) -> frozenset[Kind]:
    """The kinds of file the question takes; any that are kept at all where it does not say."""
    accepted: set[Kind] = set()
    for each in question.accepts:
        accepted |= _KINDS[each]
    return frozenset(accepted or set(Kind))


def reason_against(question: Question, media_type: str, facts: Mapping[str, bool]) -> str:
    """The code of why a file that was examined is not taken here: kind, locked or macros; empty when it is."""
    if media_type not in {kind.media_type for kind in kinds_of(question)}:
        return question.accepts[0] if len(question.accepts) == 1 else "kind"
    if facts.get("is_locked"):
        return "locked"
    return "macros" if facts.get("has_macros") else ""


def check_files(question: Question, answer: str) -> str | Problem:
    """The answer, or what is wrong with how many there are; at least one was given."""
    try:
        number = count_of(answer)
    except ValueError:
        return Problem(question.key, words=question.if_missing)
    if question.at_least is not None and number < question.at_least:
        return Problem(
            question.key,
            problems.MUST_HAVE_FILES,
            question.called,
            values={"least": question.at_least, "number": number},
        )
    if number > most_of(question):
        return Problem(
            question.key, problems.MUST_HAVE_FEWER_FILES, question.called, values={"most": most_of(question)}
        )
    return answer_of(ids_of(answer))


FILE = Answering(
    of_one(check_files),
    tell=lambda question, answer, language: str(count_of(answer)),
    value=lambda question, answer: count_of(answer),
)
