"""What a person is told nothing of, worked out when a pack is made: what keeps it from them may be decided late."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from commonweal.capabilities.protection.models import Item, ItemDecision, ItemKind, Request
from commonweal.capabilities.protection.queries.packs.subjects import About
from commonweal.capabilities.protection.queries.withholding import withheld_cases
from commonweal.foundations.personal_data.subjects.looking import rows_through
from commonweal.foundations.personal_data.subjects.plan import Plan

SILENT = frozenset({"crime", "protecting_public", "serious_harm", "child_abuse", "immigration"})
"""Exemptions under which saying that something is held back may do the harm itself."""


@dataclass(frozen=True)
class Silence:
    """What stands nowhere in a pack, nor in its numbers.

    `hidden` are the cases of others of which not a row is given, `rows` what is in them. `others` are the withheld rows
    about somebody else: that there is one, of which table, tells of a reporter or of a party nobody named.
    """

    hidden: frozenset[str]
    rows: frozenset[tuple[str, UUID]] = field(repr=False)
    others: frozenset[tuple[str, UUID]] = field(repr=False)
    withheld: frozenset[str]

    def covers(self, item: Item) -> bool:
        """Whether an item is told nowhere, whatever was decided of it where its whole case is hidden."""
        place = (item.label, item.row)
        is_beside = place in self.rows or place in self.others or item.reference in self.hidden
        return is_beside or is_silent(item, self.withheld)


def is_silent(item: Item, withheld: frozenset[str]) -> bool:
    """Whether that an item is held back would itself tell what for; `withheld` are cases of withheld openings."""
    is_quiet = item.exemption in SILENT or item.reference in withheld
    return item.decision == ItemDecision.WITHHELD and is_quiet


def silence_of(request: Request, items: Iterable[Item], whom: About, plan: Plan) -> Silence:
    """What is told nowhere, by what stands now. Practice: tipping off.

    A case of somebody else's that names the person goes as a whole once anything of it is silent: the rest of it would
    tell them of it.
    """
    items = list(items)
    withheld = withheld_cases(request.organisation_id, {case.reference for case in whom.cases})
    quiet = [item for item in items if is_silent(item, withheld)]
    references = {item.reference for item in quiet} | withheld
    places = {(item.label, item.row) for item in quiet}
    hidden, rows = set(), set()
    for case in whom.cases:
        if not case.is_own and references:
            held = set(rows_through(plan, records=[case.id, case.submission]))
            if case.reference in references or held & places:
                hidden.add(case.reference)
                rows |= held
    others = {
        (one.label, one.row) for one in items if one.kind == ItemKind.ROW and one.decision == ItemDecision.WITHHELD
    }
    return Silence(frozenset(hidden), frozenset(rows), frozenset(others), withheld)
