"""A resident fills in the pages of a service on their route, and sends it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from commonweal.capabilities.cases.actions import opening
from commonweal.capabilities.forms.actions import filling as forms
from commonweal.foundations.clocks.now import today
from commonweal.foundations.scope.actors import DraftHolder, Resident, Visitor
from commonweal.frontends.cli.demo_history.acting import Council

Typed = Mapping[str, str]


@dataclass(frozen=True)
class Application:
    """What is applied for: each page with what is typed there, or a list of it where the page repeats.

    `although` names the exits, by page, that do not keep them from applying.
    """

    service: str
    pages: Mapping[str, Typed | Sequence[Typed]]
    although: Mapping[str, str] = field(default_factory=dict)


def apply(council: Council, application: Application, account: UUID | None) -> opening.Receipt:
    """Fill in and send; the account is of whoever is signed in."""
    organisation, pages = council.organisation, list(application.pages.items())
    asking = Resident(account=account) if account else Visitor()
    first, given = pages[0]
    if isinstance(given, Mapping):
        draft = forms.start_draft(
            asking, organisation=organisation, service=application.service, page=first, given=given
        )
        del pages[0]
    else:
        draft = forms.start_draft(asking, organisation=organisation, service=application.service)
    holder = DraftHolder(draft=draft, account=account)
    for page, typed in pages:
        if isinstance(typed, Mapping):
            forms.answer_page(holder, organisation=organisation, page=page, given=typed)
        else:
            _answer_of_each(holder, organisation, page, typed)
        if page in application.although:
            forms.go_on(holder, organisation=organisation, page=page, way_out=application.although[page])
    return opening.submit(holder, organisation=organisation)


def typed_as(answers: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, str]:
    """What is typed for answers as the content tells them: words, several keys, or a day so many days from now."""
    given: dict[str, str] = {}
    for name, answer in answers.items():
        if isinstance(answer, Mapping):
            day = today() + timedelta(days=answer["days"])
            given |= {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}
        else:
            text = "\n".join(answer) if isinstance(answer, list) else str(answer)
            given[name] = text.format_map(words)
    return given


def _answer_of_each(holder: DraftHolder, organisation: int, page: str, things: Sequence[Typed]) -> None:
    for item, typed in enumerate(things, start=1):
        forms.answer_page(holder, organisation=organisation, page=page, given=typed, item=item, is_new=True)
    forms.finish_items(holder, organisation=organisation, page=page)
