"""What a page of a case sends, whichever button was pressed: nothing that was typed is left behind."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from uuid6 import uuid7

from commonweal.capabilities.cases.actions.noting import NewNote
from commonweal.frontends.pages import BadRequest
from commonweal.frontends.workspace.typed import read_id

_MOST_REASONS = 50


@dataclass(frozen=True)
class Sent:
    """The case and revision one saw, the button (`what`, with the move as its `key`), the note one was writing."""

    case: UUID
    revision: int
    what: str
    key: str
    assignee: str
    outcome: str
    note: NewNote
    reasons: tuple[str, ...] = ()
    team: str = ""
    other: str = ""
    kind: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "Sent":
        """Raises BadRequest when it comes from no page of ours."""
        what, _dot, key = request.POST.get("do", "").partition(".")
        try:
            revision = int(request.POST.get("revision", ""))
        except ValueError:
            raise BadRequest from None
        if not 0 < revision < 2**31:
            raise BadRequest
        return cls(
            case=read_id(request.POST.get("case", "")),
            revision=revision,
            what=what,
            key=key,
            assignee=request.POST.get("assignee", ""),
            outcome=request.POST.get("outcome", ""),
            reasons=tuple(request.POST.getlist("reasons")[:_MOST_REASONS]),
            note=NewNote(
                read_id(request.POST["note"]) if "note" in request.POST else uuid7(), request.POST.get("text", "")
            ),
            team=request.POST.get("team", ""),
            other=request.POST.get("other", ""),
            kind=request.POST.get("kind", ""),
        )
