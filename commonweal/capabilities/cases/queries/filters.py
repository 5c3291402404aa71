"""The filter of a worklist: only codes and ids, so that it fits in an address and can be saved."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from commonweal.capabilities.cases.models import Move, Round, SentBack
from commonweal.foundations.clocks.now import today
from commonweal.foundations.scope.actors import Staff

SHOWS = ("open", "inbox", "today", "overdue", "mine", "unassigned", "closed")
DUES = ("overdue", "today", "week")
_WEEK = timedelta(days=7)
_CODE = re.compile(r"[a-z0-9_]{1,64}")


@dataclass(frozen=True)
class Filter:
    """Which cases of one's teams: `show` is the tab; `due`, `service`, `stage` and `who` (an account) narrow it."""

    show: str = "open"
    due: str = ""
    service: str = ""
    stage: str = ""
    who: UUID | None = None

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Filter":
        """What an address or a saved filter says; what makes no sense counts as not said."""
        show, due = given.get("show", ""), given.get("due", "")
        return cls(
            show=show if show in SHOWS else "open",
            due=due if due in DUES else "",
            service=_code(given.get("service", "")),
            stage=_code(given.get("stage", "")),
            who=_account(given.get("who", "")),
        )

    def kept(self) -> dict[str, str]:
        """What is said, as `read` understands it again."""
        said = {
            "show": "" if self.show == "open" else self.show,
            "due": self.due,
            "service": self.service,
            "stage": self.stage,
            "who": str(self.who or ""),
        }
        return {name: value for name, value in said.items() if value}

    @property
    def is_narrowed(self) -> bool:
        """Whether it shows fewer cases than its tab."""
        return bool(self.due or self.service or self.stage or self.who)


EVERYTHING = Filter()
"""All open cases of one's teams."""


def condition_of(asked: Filter, actor: Staff) -> Q:
    """The rows that fit, of whatever team."""
    found = Q(closed_at__isnull=asked.show != "closed") & _SHOWN[asked.show](actor)
    if asked.due:
        found &= _due(asked.due)
    if asked.service:
        found &= Q(service=asked.service)
    if asked.stage:
        found &= Q(stage=asked.stage)
    if asked.who:
        found &= Q(assignee_id=asked.who)
    return found


def _due(due: str) -> Q:
    day = today()
    if due == "overdue":
        return Q(due_on__lt=day)
    return Q(due_on=day) if due == "today" else Q(due_on__gte=day, due_on__lt=day + _WEEK)


def _wants(actor: Staff) -> Q:
    """What is the actor's and due by today; what its applicant answered, if nobody moved it since; and reviews."""
    here = {"organisation_id": OuterRef("organisation_id")}
    moved = Move.objects.filter(**here, case=OuterRef("case"), at__gt=OuterRef("answered_at"), by_id__isnull=False)
    answered = SentBack.objects.filter(~Exists(moved), **here, case=OuterRef("pk"), answered_at__isnull=False)
    reviews = Round.objects.filter(**here, case=OuterRef("pk")).exclude(review="")
    return Q(assignee_id=actor.account) & (Q(due_on__lte=today()) | Q(Exists(answered)) | Q(Exists(reviews)))


_SHOWN: dict[str, Callable[[Staff], Q]] = {
    "open": lambda actor: Q(),
    "closed": lambda actor: Q(),
    "inbox": _wants,
    "today": lambda actor: _due("today"),
    "overdue": lambda actor: _due("overdue"),
    "mine": lambda actor: Q(assignee_id=actor.account),
    "unassigned": lambda actor: Q(assignee_id=None),
}


def _code(text: str) -> str:
    return text if _CODE.fullmatch(text) else ""


def _account(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
