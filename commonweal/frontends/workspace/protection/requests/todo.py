"""What the officer does with a request: the pages of each kind, and what comes next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.protection.queries.requests import RequestPage
from commonweal.foundations.clocks.now import now
from commonweal.foundations.design.parts import Link


@dataclass(frozen=True)
class Task:
    """A page that belongs to one kind of request, by the name of its address; `act` names what is done there."""

    url_name: str
    label: Promise
    act: str = ""


_COPY = (
    Task("request_search", _("Search for what is held")),
    Task("request_items", _("Decide the items")),
    Task("request_pack", _("The pack")),
)

TASKS: Mapping[str, tuple[Task, ...]] = {
    "access": _COPY,
    "portability": _COPY,
    "erasure": (Task("request_erasure", _("See what an erasure would do")),),
    "rectification": (
        Task("request_correction", _("Correct it")),
        Task("request_act", _("Restrict it while it is checked"), "restrict"),
    ),
    "restriction": (Task("request_act", _("Restrict their information"), "restrict"),),
    "objection": (
        Task("request_objection", _("See what it is about")),
        Task("request_act", _("Restrict it while it is weighed"), "restrict"),
    ),
    "automated_decision": (Task("request_objection", _("See what it is about")),),
}
"""The pages of each kind, in the order of the work."""

_CAME = {
    "evidence": ("evidence-came", _("Record what came")),
    "fee": ("fee-paid", _("Record that it was paid")),
    "clarification": ("clarified", _("Record their answer")),
}


def next_of(slug: str, page: RequestPage) -> Link | None:
    """The one thing to do next; None when the request is answered."""
    if page.closed_at is not None:
        return None
    if page.kind == "complaint" and page.acknowledged_on is None:
        return _act(slug, page, "acknowledge", _("Acknowledge it"))
    if page.awaited:
        return _act(slug, page, *_CAME[page.awaited])
    if not page.is_matched:
        return Link(_("Find the person"), reverse("request_person", args=[slug, page.reference]))
    own = tasks_of(slug, page)
    return own[0] if own else _act(slug, page, "complete", _("Answer it"))


def tasks_of(slug: str, page: RequestPage) -> tuple[Link, ...]:
    """The pages of its kind."""
    here = [slug, page.reference]
    return tuple(
        Link(task.label, reverse(task.url_name, args=[*here, *([task.act] if task.act else [])]))
        for task in TASKS.get(page.kind, ())
    )


def others_of(slug: str, page: RequestPage) -> tuple[Link, ...]:
    """Whatever else can be done with it now."""
    return tuple(_others(slug, page)) if page.closed_at is None else ()


def _others(slug: str, page: RequestPage) -> Iterator[Link]:
    is_complaint, is_free = page.kind == "complaint", not page.awaited
    is_late = page.due.is_late(now())
    if page.is_matched:
        yield Link(_("Find another person"), reverse("request_person", args=[slug, page.reference]))
    if is_free and not page.needs_no_evidence and not page.extended_on:
        yield _act(slug, page, "evidence", _("Ask for evidence of who they are"))
    if is_free and page.needs_authority:
        yield _act(slug, page, "evidence-came", _("Record their evidence"))
    if is_free:
        yield _act(slug, page, "clarify", _("Ask what they mean"))
    if is_free and not is_complaint and not page.extended_on:
        yield _act(slug, page, "fee", _("Ask for a fee"))
    if page.awaited in ("", "clarification") and not is_complaint and not page.extended_on and not is_late:
        yield _act(slug, page, "extend", _("Take more time"))
    yield _act(slug, page, "complete", _("Answer it"))
    yield _act(slug, page, "refuse", _("Refuse"))
    yield _act(slug, page, "withdrawn", _("They withdraw it"))
    yield _act(slug, page, "receipt", _("Correct the day it arrived"))


def _act(slug: str, page: RequestPage, act: str, label: Promise) -> Link:
    return Link(label, reverse("request_act", args=[slug, page.reference, act]))
