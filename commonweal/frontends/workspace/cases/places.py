"""Which page of the worklist one is on, or came from: kept in the address, so that Back returns to the same row."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

TABS: dict[str, Promise] = {
    "open": _("Open"),
    "mine": _("Mine"),
    "unassigned": _("Unassigned"),
    "overdue": _("Overdue"),
    "closed": _("Closed"),
}

DONE: dict[str, Promise] = {
    "move": _("The case has moved on."),
    "note": _("Your note was added."),
    "assign": _("The case was assigned."),
    "take": _("The case is yours."),
    "close": _("The case is closed, and the applicant will be told."),
}


@dataclass(frozen=True)
class Place:
    """A page of the worklist: which cases it shows, and the cursor after which it begins."""

    show: str = "open"
    after: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "Place":
        """Where the request says one is; the beginning of the open cases when that makes no sense."""
        show = request.GET.get("show", "open")
        return cls(show if show in TABS else "open", request.GET.get("after", "")[:80])

    def query(self, **more: str) -> str:
        """The query of an address that keeps this place, with its question mark; empty at the beginning."""
        kept = {"show": "" if self.show == "open" else self.show, "after": self.after, **more}
        asked = {name: value for name, value in kept.items() if value}
        return f"?{urlencode(asked)}" if asked else ""

    def address(self, slug: str, *, row: str = "", **more: str) -> str:
        """The page of the worklist, at one row of it."""
        return reverse("worklist", args=[slug]) + self.query(**more) + (f"#{row}" if row else "")

    def case_address(self, slug: str, reference: str, **more: str) -> str:
        """A case, from which one comes back here."""
        return reverse("case", args=[slug, reference]) + self.query(**more)
