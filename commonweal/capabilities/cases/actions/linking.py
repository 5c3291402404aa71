"""Link related cases: an earlier one, a related one or a duplicate."""

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.cases.actions.changing import case_to_change
from commonweal.capabilities.cases.actions.noting import NewNote, keep_note
from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.cases.models import Case, Link
from commonweal.capabilities.cases.queries.restriction import exist_for, exists_for
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.errors import Invalid
from commonweal.foundations.references.references import normal_reference
from commonweal.foundations.scope.actors import Staff

EARLIER, RELATED, DUPLICATE = "earlier", "related", "duplicate"
KINDS = (EARLIER, RELATED, DUPLICATE)
_ABOUT = "cases.link"


def link_earlier(case: Case, reference: str) -> None:
    """A case is linked to the earlier one its applicant named, if that is of the same organisation."""
    named = normal_reference(reference) if reference else None
    found = Case.objects.filter(organisation_id=case.organisation_id, reference=named).first() if named else None
    if found is not None:
        _link(case, found, EARLIER, None)


@action()
def link_case(
    actor: Staff, *, organisation: int, case: UUID, reference: str, kind: str, note: NewNote | None = None
) -> None:
    """Link a case to another of any team by its reference; repeating it changes nothing.

    Nothing of the other is opened. Raises Invalid for a reference of no case that exists for them.
    """
    found = case_to_change(actor, organisation, case)
    other = Case.objects.filter(organisation_id=organisation, reference=normal_reference(reference) or "").first()
    if other is None or other.id == case or not exists_for(actor, other):
        raise Invalid({"reference": _("Enter the reference of another case, like BCDF-2345-X")})
    if kind not in KINDS:
        raise Invalid({"kind": _("Choose how the cases are related")})
    keep_note(actor, found, note)
    is_new = not Link.objects.filter(_between(organisation, case, other.id)).exists()
    if is_new:
        _link(found, other, kind, actor.account)
    record(_ABOUT, case, changed=["link"] if is_new else [], other=other.id, kind=kind)


@action()
def unlink_case(actor: Staff, *, organisation: int, case: UUID, other: UUID, note: NewNote | None = None) -> None:
    """Remove a link, from either side. Raises NoSuchCase when none is shown to them."""
    found = case_to_change(actor, organisation, case)
    if not Case.objects.filter(exist_for(actor), organisation_id=organisation, id=other).exists():
        raise NoSuchCase
    gone, _rows = Link.objects.filter(_between(organisation, case, other)).delete()
    if not gone:
        raise NoSuchCase
    keep_note(actor, found, note)
    record(_ABOUT, case, changed=["link"], other=other)


def _between(organisation: int, one: UUID, other: UUID) -> Q:
    return Q(organisation_id=organisation) & (Q(case_id=one, other_id=other) | Q(case_id=other, other_id=one))


def _link(case: Case, other: Case, kind: str, by: UUID | None) -> None:
    Link.objects.create(
        organisation_id=case.organisation_id, case_id=case.id, other_id=other.id, kind=kind, by_id=by, at=now()
    )
