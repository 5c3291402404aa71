"""Publish a title and a summary of a closed case, or withdraw them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.cases.actions.changing import case_to_change, declared_of
from commonweal.capabilities.cases.errors import NoSuchCase, NotAllowedNow
from commonweal.capabilities.cases.models import Case, Disclosure
from commonweal.capabilities.cases.queries.published import names_in
from commonweal.capabilities.catalogue.queries.handling import Publication
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.errors import Invalid, Words
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.scope.actors import Staff
from commonweal.foundations.texts.typed import plain

_ABOUT = "cases.disclosure"
LONGEST_TITLE, LONGEST_SUMMARY = 200, 10_000


@dataclass(frozen=True)
class NewDisclosure:
    """What everybody will read. `is_sure`: a part of a name in it was looked at and stands for something else."""

    title: str
    summary: str
    is_sure: bool = field(default=False)


@action(opens=CASEWORK, loads=names_in)
def publish_case(
    actor: Staff,
    *,
    organisation: int,
    case: UUID,
    written: NewDisclosure,
    opened: tuple[str, ...] | None = None,
) -> None:
    """Publish a closed case in the words that staff wrote; publishing again replaces them.

    Whole names of people in the case are refused, and a part of one until the author is sure. Raises NoSuchCase,
    NotAllowedNow, Invalid.
    """
    found = case_to_change(actor, organisation, case)
    if found.outcome not in _require_role(actor, found).outcomes:
        raise NotAllowedNow
    title, summary = " ".join(plain(written.title).split()), plain(written.summary)
    _require_words(title, summary)
    _require_nobody(f"{title}\n{summary}", opened or (), is_sure=written.is_sure)
    published = Disclosure.objects.filter(organisation_id=organisation, case_id=case, withdrawn_at=None)
    kept = published.first()
    if kept is None:
        kept = Disclosure(
            organisation_id=organisation, case_id=case, service=found.service, by_id=actor.account, published_at=now()
        )
    kept.title, kept.summary, kept.by_id = title, summary, actor.account
    kept.save()
    record(_ABOUT, kept.id, changed=["title", "summary"], case=case)


@action()
def withdraw_case(actor: Staff, *, organisation: int, case: UUID) -> None:
    """Withdraw what was published of a case, whatever its state now. Raises NoSuchCase, NotAllowedNow."""
    found = case_to_change(actor, organisation, case)
    _require_role(actor, found)
    published = Disclosure.objects.filter(organisation_id=organisation, case_id=case, withdrawn_at=None)
    if not published.update(withdrawn_at=now()):
        raise NoSuchCase
    record(_ABOUT, case, changed=["withdrawn_at"])


def _require_role(actor: Staff, case: Case) -> Publication:
    declared = declared_of(actor, case).publication
    if declared is None or not actor.roles & set(declared.roles):
        raise NotAllowedNow
    return declared


def _require_words(title: str, summary: str) -> None:
    wrong: dict[str, Words] = {}
    if not title:
        wrong["title"] = _("Write a title")
    elif len(title) > LONGEST_TITLE:
        wrong["title"] = _("The title must be 200 characters or fewer")
    if not summary:
        wrong["summary"] = _("Write what was asked and what the answer was")
    elif len(summary) > LONGEST_SUMMARY:
        wrong["summary"] = _("The summary must be 10,000 characters or fewer")
    if wrong:
        raise Invalid(wrong)


def _require_nobody(text: str, names: Iterable[str], *, is_sure: bool) -> None:
    """A whole name is refused; a part of one (a surname is a colour, too) is asked about."""
    for name in filter(None, names):
        parts = [part for part in name.split() if len(part) > 2]
        if _holds(text, name):
            raise Invalid({"summary": _("Remove the name of the person in this case")})
        if not is_sure and any(_holds(text, part) for part in parts):
            raise Invalid({"is_sure": _("Check the part of a name from this case: is it about that person?")})


def _holds(text: str, words: str) -> bool:
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    return bool(re.search(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE))
