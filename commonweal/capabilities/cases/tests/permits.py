"""A service with significant outcomes, a stage that waits, a review, something granted and a disclosure log."""

from collections.abc import Sequence

from commonweal.capabilities.cases.actions.closing import close
from commonweal.capabilities.cases.actions.lettering import NewLetter
from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.cases.queries.opening import CasePage, case_page
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.scope.actors import Staff
from commonweal.foundations.scope.scopes import read_scope

LETTER = NewLetter("Your request", "Dear Rosa,\n\nno.", "en")


def look(cast: Cast, who: Staff, reference: str) -> CasePage:
    """Staff open the case."""
    return case_page(who, organisation=cast.leeds, reference=reference)


def decide(cast: Cast, who: Staff, reference: str, outcome: str, reasons: Sequence[str] = ("no_need",)) -> None:
    """Staff open the case and close it: refused by a letter, unless another outcome is named."""
    page = look(cast, who, reference)
    close(
        who,
        organisation=cast.leeds,
        case=page.id,
        revision=page.revision,
        outcome=outcome,
        reasons=reasons if outcome == "refused" else (),
        letter=LETTER if outcome == "refused" else None,
    )


def row_of(cast: Cast, reference: str) -> Case:
    """The case as it is stored."""
    with read_scope(SET_UP, (cast.leeds,)):
        return Case.objects.get(reference=reference)
