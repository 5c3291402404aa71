"""Answers to look at before they are sent: in the order they were asked, things of pages that repeat apart."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.questions import Page
from commonweal.capabilities.forms.queries.answers import AnswerRow
from commonweal.capabilities.forms.queries.paths import Path, Place
from commonweal.foundations.design.parts import Row

Told = Mapping[tuple[str, int], str]


@dataclass(frozen=True)
class Group:
    """Rows under one heading: of a thing on a page that repeats; else without one. `all` is where they all are."""

    rows: tuple[Row, ...]
    title: str = ""
    item: int = 0
    change: str = ""
    all: str = ""


def groups_of(path: Path, answers: Iterable[AnswerRow], at: Callable[[Place], str], language: str) -> list[Group]:
    """Every answer as a line to check, each with the address where it is changed."""
    told = {(answer.question, answer.item): answer.text for answer in answers}
    return _groups(
        [(step.page, step.items) for step in path.steps], told, lambda place: f"{at(place)}?change", language
    )


def groups_of_sample(service: Service, text: str, at: Callable[[Place], str], language: str) -> list[Group]:
    """Every question of a service with the same words as its answer, and one thing of each page that repeats."""
    pages = [(page, (1,) if page.repeats else (0,)) for page in service.pages]
    told = {(each.key, item): text for page, items in pages for each in page.questions for item in items}
    return _groups(pages, told, lambda place: at(Place(place.page)), language)


def things_of(page: Page, answers: Iterable[AnswerRow], at: Callable[[int], str], language: str) -> list[Group]:
    """What was told of each thing on a page that repeats."""
    told = {(answer.question, answer.item): answer.text for answer in answers}
    items = tuple(sorted({item for _question, item in told}))
    return _things(page, items, told, lambda place: at(place.item), language)


def _groups(
    pages: Iterable[tuple[Page, tuple[int, ...]]], told: Told, at: Callable[[Place], str], language: str
) -> list[Group]:
    groups: list[Group] = []
    plain: list[Row] = []
    for page, items in pages:
        if page.repeats is None:
            plain += _rows(page, 0, told, at(Place(page.key)), language)
            continue
        groups += [Group(tuple(plain))] if plain else []
        plain = []
        groups += _things(page, items, told, at, language)
    return [*groups, Group(tuple(plain))] if plain else groups


def _things(page: Page, items: tuple[int, ...], told: Told, at: Callable[[Place], str], language: str) -> list[Group]:
    called = page.repeats.called.in_language(language).capitalize() if page.repeats else ""
    overview = at(Place(page.key))
    if not items:
        return [Group((Row(page.title.in_language(language), _("None"), overview),))]
    return [
        Group(
            rows=tuple(_rows(page, item, told, at(Place(page.key, item)), language)),
            title=f"{called} {number}",
            item=item,
            change=at(Place(page.key, item)),
            all=overview if number == len(items) else "",
        )
        for number, item in enumerate(items, 1)
    ]


def _rows(page: Page, item: int, told: Told, change: str, language: str) -> Iterable[Row]:
    for question in page.questions:
        if question.type.has_answer:
            text = told.get((question.key, item), "")
            lines = tuple(text.split("\n")) if text else ()
            yield Row(question.label.in_language(language), text or _("Not given"), change, lines)
