"""Which page comes next, and what is still to answer."""

from collections.abc import Collection

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.questions import Page, Question


def page_after(service: Service, key: str) -> Page | None:
    """The page that follows; None after the last, where the answers are checked."""
    return _neighbour(service, key, 1)


def page_before(service: Service, key: str) -> Page | None:
    """The page before; None before the first."""
    return _neighbour(service, key, -1)


def first_missing(service: Service, answered: Collection[str]) -> Page | None:
    """The first page with a question that was never answered; one left empty on purpose counts as answered."""
    return next((page for page in service.pages if any(_is_missing(each, answered) for each in page.questions)), None)


def _is_missing(question: Question, answered: Collection[str]) -> bool:
    return question.type.has_answer and question.key not in answered


def _neighbour(service: Service, key: str, step: int) -> Page | None:
    keys = [page.key for page in service.pages]
    place = keys.index(key) + step
    return service.pages[place] if 0 <= place < len(keys) else None
