"""Drafts filled in by the real actions, and how the tests look at the tables afterwards."""

from django.db import connection, models

from commonweal.capabilities.forms.actions.filling import answer_page, start_draft
from commonweal.capabilities.forms.actions.submitting import Completed, complete_draft
from commonweal.capabilities.forms.queries.filling import draft_answers
from commonweal.capabilities.forms.tests.asked import pages
from commonweal.foundations.clocks.now import today
from commonweal.foundations.scope.actors import DraftHolder, Visitor

NAME = "missed_collection"


def fill_in(organisation: int, *, without: str = "") -> DraftHolder:
    """A draft with every page answered, or with all but one."""
    holder = DraftHolder(draft=start_draft(Visitor(), organisation=organisation, service=NAME))
    for page, given in pages(today()).items():
        if page != without:
            answer_page(holder, organisation=organisation, page=page, given=given)
    return holder


def submit(holder: DraftHolder, organisation: int) -> Completed:
    opened = draft_answers(holder, organisation=organisation)
    return complete_draft(holder, organisation=organisation, opened=opened)


def look_at(organisation: int) -> None:
    """Let the rest of the test's transaction read one organisation's rows."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('commonweal.organisations', %s, true)", [f"{{{organisation}}}"])


def count(model: type[models.Model], organisation: int) -> int:
    look_at(organisation)
    return model._default_manager.count()
