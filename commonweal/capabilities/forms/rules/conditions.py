"""What a form's conditions rest on, and whether they hold."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from commonweal.capabilities.catalogue.queries.conditions import kinds_of_pages
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.questions import Question
from commonweal.foundations.expressions.expressions import Kind, Value, compile_expression

_ANSWER = re.compile(r"\banswers\s*\.\s*([a-z][a-z0-9_]*)")
_NATION = re.compile(r"\bnation\b")
_MOST_PENCE = 2**31 - 1
"""What the database keeps as an amount. Whoever typed a number of things that leads beyond sees it before sending."""


@dataclass(frozen=True)
class Known:
    """What is known before anything is answered: the day, the body's nation, and by whom and where it is filled in."""

    today: date
    nation: str = ""
    channel: str = "online"
    is_staff: bool = False


class Conditions:
    """The conditions of a service over what is known so far, which grows page by page."""

    def __init__(self, service: Service, known: Known) -> None:
        self._kinds = kinds_of_pages(service.pages)
        self.values: dict[str, Value] = {"today": known.today, "nation": known.nation, "channel": known.channel}

    def learn(self, values: Mapping[str, Value]) -> None:
        """From here on these values are known."""
        self.values |= values

    def hold(self, source: str) -> bool:
        """Whether a condition holds. One over what is not known does not."""
        return compile_expression(source, kinds=self._kinds, gives=Kind.TRUTH).holds(self.values)


def work_out_fee(service: Service, values: Mapping[str, Value]) -> int | None:
    """What is to be paid, in whole pence and never less than nothing; None without a fee, or when it rests on something
    that was not asked."""
    if service.fee is None:
        return None
    amount = compile_expression(service.fee.pence, kinds=kinds_of_pages(service.pages), gives=Kind.WHOLE)
    found = amount.work_out(values)
    return min(max(found, 0), _MOST_PENCE) if isinstance(found, int) else None


def questions_that_route(service: Service) -> frozenset[str]:
    """The questions whose answers decide what is asked, or asked again: these alone are opened to find the way."""
    named = {name for source in _conditions(service) for name in _ANSWER.findall(source)}
    lists = {page.key: page for page in service.pages if page.repeats is not None}
    of_lists = {question.key for name in named & set(lists) for question in lists[name].questions}
    ahead = {question.key for page in service.pages for question in page.questions if looks_ahead(question)}
    return frozenset(named | of_lists | ahead)


def looks_ahead(question: Question) -> bool:
    """Whether it asks for a day from today on, so that an answer does not stay right."""
    return question.from_days is not None and question.from_days >= 0


def rests_on_nation(service: Service) -> bool:
    """Whether anything asked depends on the body's nation."""
    return any(_NATION.search(source) for source in _conditions(service))


def _conditions(service: Service) -> Iterator[str]:
    for page in service.pages:
        shown = [page.shown_when, *(question.shown_when for question in page.questions)]
        yield from (source for source in shown if source is not None)
        yield from (way_out.when for way_out in page.exits)
