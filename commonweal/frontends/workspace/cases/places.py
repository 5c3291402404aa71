"""Which page of the worklist one is on, or came from: kept in the address, so that Back returns to the same row."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.cases.queries.filters import EVERYTHING, Filter

TABS: dict[str, Promise] = {
    "open": _("Open"),
    "inbox": _("Needs me today"),
    "today": _("Due today"),
    "overdue": _("Overdue"),
    "mine": _("Mine"),
    "unassigned": _("Unassigned"),
    "closed": _("Closed"),
}

DONE: dict[str, Promise] = {
    "move": _("The case has moved on."),
    "note": _("Your note was added."),
    "assign": _("The case was assigned."),
    "take": _("The case is yours."),
    "safety": _("You asked for a safety instruction. It is shown once another manager has approved it."),
    "close": _("The case is closed, and the applicant will be told in a few seconds."),
    "many": _("The chosen cases were changed."),
    "ask": _("The applicant will be asked. The case comes back with their answer."),
    "posted": _("The letter is marked as posted."),
    "reopened": _("The case is reopened."),
    "published": _("It is published."),
    "withdrawn": _("It is no longer published."),
    "file": _("The documents were added."),
    "undone": _("The change was undone."),
    "tick": _("The task is ticked off."),
    "untick": _("The tick was removed."),
    "link": _("The cases are linked."),
    "unlink": _("The link was removed."),
    "party_add": _("The person was added to the case."),
    "party_end": _("The case is no longer about them. The record shows that it was."),
    "hand": _("The case was handed over to the other team."),
    "fact": _("It is recorded."),
    "extend": _("The time is extended, and the applicant will be told."),
    "saved": _("The filter is saved."),
    "removed": _("The filter is removed."),
}


@dataclass(frozen=True)
class Place:
    """A page of the worklist: which cases it shows, and the cursor after which it begins."""

    asked: Filter = EVERYTHING
    after: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "Place":
        """Where the request says one is; the beginning of the open cases when that makes no sense."""
        return cls(Filter.read(request.GET.dict()), request.GET.get("after", "")[:80])

    @property
    def show(self) -> str:
        """The tab."""
        return self.asked.show

    def query(self, **more: str) -> str:
        """The query of an address that keeps this place, with its question mark; empty at the beginning."""
        kept = {**self.asked.kept(), "after": self.after, **more}
        asked = {name: value for name, value in kept.items() if value}
        return f"?{urlencode(asked)}" if asked else ""

    def address(self, slug: str, *, row: str = "", **more: str) -> str:
        """The page of the worklist, at one row of it."""
        return reverse("worklist", args=[slug]) + self.query(**more) + (f"#{row}" if row else "")

    def case_address(self, slug: str, reference: str, **more: str) -> str:
        """A case, from which one comes back here."""
        return reverse("case", args=[slug, reference]) + self.query(**more)
