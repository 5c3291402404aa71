"""What must hold for conditions and amounts: each compiles over the names that are known where it stands."""

from collections.abc import Mapping

from commonweal.capabilities.catalogue.queries.conditions import kinds_of_case, kinds_of_pages
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.rules.checks.found import Found
from commonweal.foundations.declaring.yaml_lines import Loc
from commonweal.foundations.expressions.expressions import Kind, NotAnExpression, compile_expression


def faults_of_conditions(service: Service) -> Found:
    """Every condition or amount that does not compile. A page may only rest on the pages before it."""
    for place, page in enumerate(service.pages):
        before = kinds_of_pages(service.pages[:place])
        yield from _faults(page.shown_when, before, Kind.TRUTH, ("pages", place, "shown_when"))
        for number, question in enumerate(page.questions):
            loc: Loc = ("pages", place, "questions", number, "shown_when")
            yield from _faults(question.shown_when, before, Kind.TRUTH, loc)
        after = kinds_of_pages(service.pages[: place + 1])
        for number, way_out in enumerate(page.exits):
            yield from _faults(way_out.when, after, Kind.TRUTH, ("pages", place, "exits", number, "when"))
    if service.fee is not None:
        yield from _faults(service.fee.pence, kinds_of_pages(service.pages), Kind.WHOLE, ("fee", "pence"))
    yield from _faults_of_case(service)


def _faults_of_case(service: Service) -> Found:
    kinds = kinds_of_case(service)
    for part in ("moves", "outcomes", "proposals"):
        for number, item in enumerate(getattr(service.case, part)):
            yield from _faults(item.when, kinds, Kind.TRUTH, ("case", part, number, "when"))
    if service.post is not None:
        yield from _faults(service.post.when, kinds, Kind.TRUTH, ("post", "when"))
    for number, fact in enumerate(service.case.facts):
        yield from _faults(fact.shown_when, kinds, Kind.TRUTH, ("case", "facts", number, "shown_when"))


def _faults(source: str | None, kinds: Mapping[str, Kind], gives: Kind, loc: Loc) -> Found:
    if source is None:
        return
    try:
        compile_expression(source, kinds=kinds, gives=gives)
    except NotAnExpression as fault:
        yield loc, fault.sentence
