"""Decide an item that one has seen; record a named professional's judgement of serious harm."""

import json
from collections.abc import Collection, Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from commonweal.capabilities.cases.queries import held_about as cases
from commonweal.capabilities.protection.errors import NoSuchItem, TextChanged
from commonweal.capabilities.protection.models import Ground, HarmCheck, Item, ItemDecision, ItemKind
from commonweal.capabilities.protection.queries.packs.content import hash_of
from commonweal.capabilities.protection.queries.packs.items import REDACTABLE, plain_ones
from commonweal.capabilities.protection.queries.requests import require_open, subjects_of
from commonweal.capabilities.protection.rules.withholding import EXEMPTIONS
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.errors import Invalid
from commonweal.foundations.files.listing import facts_of
from commonweal.foundations.scope.actors import Staff
from commonweal.foundations.texts.typed import plain

_ABOUT = "protection.item"
_MOST_STRINGS = 200
_LONGEST = 200


@action()
def decide_item(
    actor: Staff,
    *,
    organisation: int,
    reference: str,
    number: int,
    seen: str,
    decision: str,
    ground: str = "",
    exemption: str = "",
    removed: Collection[str] = (),
) -> None:
    """Disclose, redact or withhold one item as it was shown (`seen` is its hash), replacing an earlier decision.

    What identifies others is disclosed only with their consent or where that is reasonable without it; what is withheld
    names the exemption, for this item alone (Data Protection Act 2018 Schedule 2 paragraph 16).
    Raises NotTheOfficer, NoSuchRequest, AlreadyClosed, NoSuchItem, TextChanged; Invalid.
    """
    request = require_open(actor, organisation, reference)
    item = Item.objects.filter(organisation_id=organisation, request_id=request.id, number=number).first()
    if item is None:
        raise NoSuchItem
    _require_same(item, seen)
    strings = sorted({plain(each) for each in removed} - {""})
    _check(item, decision, ground, exemption=exemption, strings=strings)
    is_redacted = decision == ItemDecision.REDACTED
    item.decision = decision
    item.ground = ground if item.names_others and decision == ItemDecision.DISCLOSED else Ground.NOBODY
    item.exemption = exemption if decision == ItemDecision.WITHHELD else ""
    item.redactions = json.dumps(strings, ensure_ascii=False) if is_redacted else ""
    item.decided_by_id, item.decided_at, item.content_hash = actor.account, now(), seen
    item.save()
    record(_ABOUT, item.id, changed=["decision"], decision=decision, exemption=item.exemption, ground=item.ground)


@action()
def disclose_plain(actor: Staff, *, organisation: int, reference: str, seen: Mapping[int, str]) -> None:
    """Disclose texts that were shown together and in which nobody else was found: `seen` has their hashes by number.

    Raises NotTheOfficer, NoSuchRequest, AlreadyClosed, TextChanged.
    """
    request = require_open(actor, organisation, reference)
    here = Item.objects.filter(organisation_id=organisation, request_id=request.id, number__in=seen, decision="")
    items = list(here.filter(plain_ones(request)))
    for item in items:
        _require_same(item, seen[item.number])
        item.decision, item.ground, item.content_hash = ItemDecision.DISCLOSED, Ground.NOBODY, seen[item.number]
        item.decided_by_id, item.decided_at = actor.account, now()
        item.save(update_fields=["decision", "ground", "content_hash", "decided_by_id", "decided_at"])
    record(_ABOUT, request.id, changed=["decision"], decision=ItemDecision.DISCLOSED.value, items=len(items))


@action()
def record_harm_check(
    actor: Staff, *, organisation: int, reference: str, service: str, name: str, role: str, is_harmful: bool, on: date
) -> None:
    """Record a named professional's judgement, in a role the service declares, of whether disclosure does serious harm.

    Raises NotTheOfficer, NoSuchRequest, AlreadyClosed; Invalid.
    """
    request = require_open(actor, organisation, reference)
    held = cases.cases_about(actor, organisation=organisation, people=subjects_of(actor, request))
    roles = {role for case in held if case.service.name == service for role in case.harm_checked_by}
    wrong = {}
    if role not in roles:
        wrong["role"] = _("Choose the role of the professional")
    if not plain(name) or len(plain(name)) > _LONGEST:
        wrong["name"] = _("Enter the name of the professional who judged it")
    if on > today():
        wrong["on"] = _("The day cannot be in the future")
    if wrong:
        raise Invalid(wrong)
    check = HarmCheck.objects.filter(organisation_id=organisation, request_id=request.id, service=service).first()
    check = check or HarmCheck(
        id=uuid7(),
        organisation_id=organisation,
        key_id=request.key_id,
        request_id=request.id,
        subject_id=request.subject_id,
        service=service,
    )
    check.name, check.role, check.is_harmful = plain(name), role, is_harmful
    check.on, check.by_id = on, actor.account
    check.save()
    record("protection.harm_check", check.id, changed=["is_harmful"], service=service, role=role, is_harmful=is_harmful)


def _require_same(item: Item, seen: str) -> None:
    """Raises TextChanged. What is written anew from here on until the pack is made, the pack finds by the same hash."""
    if hash_of(item) != seen:
        raise TextChanged


def _check(item: Item, decision: str, ground: str, *, exemption: str, strings: list[str]) -> None:
    wrong = {}
    if decision not in ItemDecision.values:
        wrong["decision"] = _("Choose what to do with it")
    if decision == ItemDecision.WITHHELD and exemption not in EXEMPTIONS:
        wrong["exemption"] = _("Choose the exemption that applies to this item")
    if decision == ItemDecision.REDACTED:
        may_be = item.kind == ItemKind.TEXT or item.media_type in REDACTABLE
        if not may_be:
            wrong["decision"] = _("You cannot remove words from this: disclose it or withhold it")
        elif not strings or len(strings) > _MOST_STRINGS or max(map(len, strings)) > _LONGEST:
            wrong["removed"] = _("Choose or enter the words to remove, each up to 200 characters")
    if (
        decision == ItemDecision.DISCLOSED
        and item.kind == ItemKind.FILE
        and facts_of(item.row).get("has_hidden_sheets")
    ):
        wrong["decision"] = _("It has hidden sheets that nobody can check: withhold it")
    is_open = decision == ItemDecision.DISCLOSED and item.names_others
    if is_open and ground not in (Ground.CONSENT, Ground.REASONABLE):
        wrong["ground"] = _(
            "It identifies someone else: say whether they consent, or why it is reasonable without their consent"
        )
    if wrong:
        raise Invalid(wrong)
