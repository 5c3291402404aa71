"""The clock of a request: its facts as they are stored, and when it is due by the calendar of its body."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.protection.models import Request, RequestPause
from commonweal.capabilities.protection.rules.clock import Facts, request_due
from commonweal.foundations.clocks.due import Due
from commonweal.foundations.clocks.pauses import Pause
from commonweal.foundations.scope.actors import Actor


def due_of(actor: Actor, request: Request, *, is_held: bool = False) -> Due:
    """When a request is due; `is_held` by whoever stores the date. Raises ExtensionTooLate."""
    calendar = organisations.calendar(actor, organisation=request.organisation_id, is_held=is_held)
    return request_due(
        facts_of(request, pauses_of(request.organisation_id, [request.id]).get(request.id, ())), calendar
    )


def facts_of(request: Request, pauses: tuple[Pause, ...]) -> Facts:
    """What its clock counts from: evidence that nobody had to ask for moves no start."""
    return Facts(
        kind=request.kind,
        received=request.received_on,
        evidence_asked=request.evidence_asked_on,
        evidence=request.evidence_on if request.evidence_asked_on else None,
        fee_asked=request.fee_asked_on,
        fee=request.fee_on,
        extended=request.extended_on,
        acknowledged=request.acknowledged_on,
        pauses=pauses,
    )


def open_pauses(request: Request) -> "QuerySet[RequestPause]":
    """The pause of a request that nobody ended, if there is one."""
    here = RequestPause.objects.filter(organisation_id=request.organisation_id, request_id=request.id)
    return here.filter(until_day=None)


def with_pauses(requests: "QuerySet[Request]") -> "QuerySet[Any]":
    """The same rows, each with `is_paused`: whether an answer is awaited."""
    here = {"organisation_id": OuterRef("organisation_id"), "request_id": OuterRef("id")}
    return requests.annotate(is_paused=Exists(RequestPause.objects.filter(**here, until_day=None)))


def pauses_of(organisation: int, requests: Iterable[UUID]) -> dict[UUID, tuple[Pause, ...]]:
    """The pauses of several requests, in one query."""
    found: dict[UUID, tuple[Pause, ...]] = {}
    rows = RequestPause.objects.filter(organisation_id=organisation, request_id__in=list(requests))
    for request, asked, answered in rows.order_by("from_day").values_list("request_id", "from_day", "until_day"):
        found[request] = (*found.get(request, ()), Pause(asked, answered))
    return found
