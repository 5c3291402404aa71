"""What sealing and tracing add to a page that lists 25 names: the worklist, as its team sees it."""

from collections.abc import Iterable
from unittest import mock
from uuid import UUID

from django.test import Client

from commonweal.capabilities.people.models import Person
from commonweal.capabilities.people.queries import listing as people
from commonweal.capabilities.people.queries.listing import ListedPerson
from commonweal.foundations.personal_data import trace
from tests.benchmarks.figures import Figure, in_turns, share
from tests.benchmarks.visiting import signed_in

_N = 200


def figures() -> list[Figure]:
    """seal.overhead and trace.overhead, each a share of the page."""
    browser = signed_in("priya@leeds.example")
    full, untraced, plain = in_turns(
        [lambda: _page(browser), lambda: _untraced(browser), lambda: _unsealed(browser)], _N
    )
    return [
        share("seal.overhead", untraced - plain, full, n=_N),
        share("trace.overhead", full - untraced, full, n=_N),
    ]


def _page(browser: Client) -> None:
    response = browser.get("/workspace/leeds/cases/?show=closed")
    if response.status_code != 200 or response.content.count(b"/workspace/leeds/cases/") < 25:
        raise RuntimeError(f"The worklist answered {response.status_code}, or without 25 cases.")


def _untraced(browser: Client) -> None:
    with mock.patch.object(trace, "write"):
        _page(browser)


def _unsealed(browser: Client) -> None:
    with mock.patch.object(trace, "write"), mock.patch.object(people, "listed", _plain_people):
        _page(browser)


def _plain_people(actor: object, *, organisation: int, people: Iterable[UUID]) -> dict[UUID, ListedPerson]:
    """The same rows with a name in the clear."""
    rows = Person.objects.filter(id__in=list(people), organisation_id=organisation).values_list("id", "language")
    return {person: ListedPerson(name) for person, name in rows}
